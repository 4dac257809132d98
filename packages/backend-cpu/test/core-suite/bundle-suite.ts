import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
// jasmine-core is jasmine's own dependency, so it is looked for from there.
const requireFromJasmine = createRequire(require.resolve('jasmine'));
const jasmineCore = path.dirname(path.dirname(requireFromJasmine.resolve('jasmine-core')));
const folderOf = (name: string): string => path.dirname(require.resolve(`${name}/package.json`));

/** Bundles tfjs-core, its tests and our engine into one CommonJS file, so that all of them share one registry. */
export async function bundleSuite(outfile: string): Promise<void> {
  await build({
    entryPoints: [path.join(import.meta.dirname, 'entry.mjs')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['@nt/source'],
    logLevel: 'error',
    // Core declares its test files free of side effects; without this they would silently be left out.
    ignoreAnnotations: true,
    alias: {
      'jasmine-core': jasmineCore,
      '@tensorflow/tfjs-core/dist': path.join(folderOf('@tensorflow/tfjs-core'), 'dist'),
      '@tensorflow/tfjs-core': path.join(folderOf('@tensorflow/tfjs-core'), 'dist/index.js'),
      '@tensorflow/tfjs-backend-cpu': path.join(folderOf('@tensorflow/tfjs-backend-cpu'), 'dist/index.js'),
    },
  });
}
