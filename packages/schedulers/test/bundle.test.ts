import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import * as schedulers from '../src/index.ts';

/** Bytes of a module, minified and compressed, whose imports are those of a file in `src`. */
async function bundleBytes(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('../src', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

describe('the bundle', () => {
  it.each(Object.keys(schedulers))('of %s alone is at most 850 bytes', async (name) => {
    expect(await bundleBytes(`export { ${name} } from './index.ts'`)).toBeLessThanOrEqual(850);
  });

  it.each(['one-cycle', 'reduce-on-plateau'])('of the entry %s alone is at most 1,100 bytes', async (file) => {
    expect(await bundleBytes(`export * from './${file}.ts'`)).toBeLessThanOrEqual(1100);
  });

  it('of a usual choice (cosine with warmup, and the plateau observer) is at most 1,250 bytes', async () => {
    const usual = "export { cosine, warmup } from './index.ts'; export * from './reduce-on-plateau.ts'";
    expect(await bundleBytes(usual)).toBeLessThanOrEqual(1250);
  });

  /** The arithmetic and names of 14 schedules with their options take 1,000 of it, the checks the rest; the hint for `oneCycle` 40. */
  it('of everything in the main entry is at most 1,550 bytes', async () => {
    expect(await bundleBytes("export * from './index.ts'")).toBeLessThanOrEqual(1550);
  });
});
