import type { UserConfig } from 'vite';
import { security } from './tools/security.ts';
import { serviceWorker } from './tools/service-worker-plugin.ts';

const { headers, securityMeta } = security();

// `base: './'`: the built page works under any path of a static host.
const config: UserConfig = {
  base: './',
  resolve: { conditions: ['@nt/source', 'module', 'browser', 'development|production'] },
  plugins: [securityMeta, serviceWorker()],
  worker: { format: 'es' },
  build: { target: 'es2022', assetsInlineLimit: 0 },
  // Dependencies that only the worker meets are found at once, or the development server reloads the page in the middle.
  optimizeDeps: { include: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', 'uplot', 'fflate'] },
  server: { headers: headers.isolation },
  preview: { headers: { ...headers.isolation, ...headers.policy } },
};

export default config;
