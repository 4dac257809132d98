import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** Bytes after minification and gzip, and the text, of a program that imports `names`. */
async function bundle(
  names: string,
  from: string,
  external: readonly string[] = [],
): Promise<{ text: string; bytes: number }> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${names} } from '${from}';`, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    conditions: ['@nt/source'],
    external: [...external],
  });
  const { text } = outputFiles[0]!;
  return { text, bytes: gzipSync(text, { level: 9 }).length };
}

/** Ceilings in bytes. Raise one only with the story of why. */
const ceilings = [
  { names: 'adamw', ceiling: 2_000 },
  { names: 'sgd', ceiling: 2_000 },
  { names: 'chain, clipByGlobalNorm, adamw, exponentialMovingAverage', ceiling: 3_200 },
  // A history for each parameter (layers unfrozen later) costs 800 bytes, the sentences of errors 350.
  // Updates that an engine records and repeats: 450, of every optimizer and of micro-batches: 200 more.
  // State that is read one array at a time, never all in memory: 130.
  // Shortcuts for updates in which every parameter takes part, a tenth of a small update: 60.
  { names: 'createOptimizer, adamw', ceiling: 11_600 },
] as const;

test.each(ceilings)('import { $names } is at most $ceiling bytes, without tfjs', async ({ names, ceiling }) => {
  const { text, bytes } = await bundle(names, '@nt/optim');
  expect(bytes).toBeLessThanOrEqual(ceiling);
  expect(text).not.toMatch(/tfjs|tensorflow/i);
});

test('adamw brings neither the driver nor another recipe along', async () => {
  const { text } = await bundle('adamw', '@nt/optim');
  expect(text).not.toMatch(/momentumBuffer|snapshot|orthogonalize|createOptimizer/);
});

test('importing the package does nothing: an unused import leaves nothing', async () => {
  const { outputFiles } = await build({
    stdin: { contents: "import { adamw } from '@nt/optim';", resolveDir: folder },
    bundle: true,
    format: 'esm',
    write: false,
    conditions: ['@nt/source'],
  });
  expect(outputFiles[0]!.text.replace(/\/\/.*\n/g, '').trim()).toBe('');
});

test('only the tfjs entry mentions tfjs, and everything outside it works without', () => {
  const sources = readdirSync(`${folder}/src`, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const importing = sources.filter((file) =>
    readFileSync(`${folder}/src/${file}`, 'utf8').includes("from '@tensorflow"),
  );
  expect(importing.length).toBeGreaterThan(0);
  expect(importing.filter((file) => !file.startsWith('tfjs'))).toEqual([]);
});
