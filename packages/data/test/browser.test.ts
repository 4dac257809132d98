import { resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Bundles an entry for browsers, without splitting, and gives the packages that its own code loads at once. */
async function bundle(entry: string): Promise<{ text: string; inputs: readonly string[] }> {
  const result = await build({
    entryPoints: [resolve(import.meta.dirname, '../src', entry)],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['@nt/source'],
    external: ['fzstd'],
    logLevel: 'silent',
  });
  return { text: result.outputFiles[0]!.text, inputs: Object.keys(result.metafile.inputs) };
}

describe('in a browser', () => {
  it('the root bundles without Node, Arrow, Parquet or DuckDB', async () => {
    const { text, inputs } = await bundle('index.ts');
    expect(inputs.filter((path) => /apache-arrow|hyparquet|duckdb|date-holidays/.test(path))).toEqual([]);
    expect(text).not.toMatch(/["']node:/);
    // Our own code and pure-rand; messages and the ways to write times and numbers are half of it.
    // … and, since then, serial dates, parts of a year, how a later file is to be read, and the spellings of told times.
    // … and 5,000 for price bars: their checks, and JSON as exchanges write it.
    // … and 500 for windows that know where their targets end, and what more services answer in place of rows.
    // … and 1,500 for what tells series apart, and for tables that have to be turned.
    expect(text.length).toBeLessThan(180_000);
  });

  it.each(['parquet/index.ts', 'arrow/index.ts'])('%s bundles without Node', async (entry) => {
    const { text } = await bundle(entry);
    expect(text).not.toMatch(/["']node:/);
  });
});
