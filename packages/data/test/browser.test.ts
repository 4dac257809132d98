import { relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Bundles an entry for browsers: what is loaded at once, without the parts that wait until they are asked for. */
async function bundle(entry: string): Promise<{ text: string; inputs: readonly string[] }> {
  const result = await build({
    entryPoints: [resolve(import.meta.dirname, '../src', entry)],
    bundle: true,
    splitting: true,
    outdir: 'out',
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['@nt/source'],
    external: ['fzstd'],
    logLevel: 'silent',
  });
  const { outputs } = result.metafile;
  const first = Object.keys(outputs).find((path) => outputs[path]!.entryPoint?.endsWith(`src/${entry}`))!;
  const loaded = new Set([first]);
  for (const path of loaded)
    for (const part of outputs[path]!.imports)
      if (part.kind === 'import-statement' && !part.external) loaded.add(part.path);
  const texts = result.outputFiles.filter(({ path }) => loaded.has(relative(process.cwd(), path)));
  return { text: texts.map(({ text }) => text).join(''), inputs: Object.keys(result.metafile.inputs) };
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
    // … and the forms of JSON wait until JSON is read, as do the reader of tsf, what finds a header, and words for numbers
    // that are no times; months by their names and periods counted through a day took their place.
    expect(text.length).toBeLessThan(180_000);
  });

  it.each(['parquet/index.ts', 'arrow/index.ts'])('%s bundles without Node', async (entry) => {
    const { text } = await bundle(entry);
    expect(text).not.toMatch(/["']node:/);
  });
});
