import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const core = path.dirname(require.resolve('@tensorflow/tfjs-core/package.json'));

/**
 * Bundles tfjs-core, its published tests, jasmine and an engine into one script, so that all of them share one registry.
 *
 * @param entry a script that calls `runCoreSuite`
 * @returns the script: CommonJS for Node, to be run from the folder of the entry; a module for a page
 */
export async function bundleCoreSuite(entry: URL, platform: 'node' | 'browser'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    platform,
    format: platform === 'node' ? 'cjs' : 'esm',
    mainFields: ['module', 'main'],
    conditions: ['@nt/source'],
    logLevel: 'error',
    // Core declares its test files free of side effects; without this they would silently be left out.
    ignoreAnnotations: true,
    define: platform === 'node' ? {} : { global: 'globalThis' },
    // jasmine and tests of what Node has look for these.
    external: platform === 'node' ? [] : ['path', 'util', 'fs', 'url', 'os', 'glob', 'worker_threads'],
    alias: {
      'jasmine-core': path.dirname(
        path.dirname(path.dirname(require.resolve('jasmine-core/lib/jasmine-core/jasmine.js'))),
      ),
      '@tensorflow/tfjs-core/dist': path.join(core, 'dist'),
      '@tensorflow/tfjs-core': path.join(core, 'dist/index.js'),
    },
  });
  return outputFiles[0]!.text;
}
