import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { security } from './security.ts';

/** Writes `service-worker.js` beside the page, with the names of all files of the build. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = ['./', ...Object.keys(bundle).filter((name) => !name.endsWith('.map') && name !== 'index.html')];
        const contents = Object.values(bundle).map((file) => ('code' in file ? file.code : file.source));
        const hash = createHash('sha256');
        for (const content of contents) hash.update(content);
        const { headers } = security();
        const source = readFileSync(new URL('service-worker.js', import.meta.url), 'utf8')
          .replace('__VERSION__', JSON.stringify(hash.digest('hex').slice(0, 16)))
          .replace('__FILES__', JSON.stringify(files))
          .replace('__HEADERS__', JSON.stringify({ ...headers.isolation, ...headers.policy }));
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
      },
    },
  };
}
