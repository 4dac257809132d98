import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFiles } from '@nt/data/node';
import { expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'nt-data-files-'));
const at = (...names: string[]): string => join(folder, ...names);
for (const name of ['prices', 'mixed', 'none']) mkdirSync(at(name));
for (const name of ['prices/b.csv', 'prices/a.csv', 'prices/notes.md', 'mixed/a.csv', 'mixed/b.json'])
  writeFileSync(at(name), '');

it.each<[string, readonly string[]]>([
  ['prices', ['prices/a.csv', 'prices/b.csv']],
  ['prices/*.csv', ['prices/a.csv', 'prices/b.csv']],
  ['prices/?.md', []],
  ['prices/a.csv', ['prices/a.csv']],
  ['not there.csv', ['not there.csv']],
])('%s names the files that are read of it', async (path, files) => {
  expect(await dataFiles(at(path))).toEqual(files.map((file) => at(file)));
});

it.each(['mixed', 'none'])('a folder %s of which nobody knows what is meant is an error', async (path) => {
  await expect(dataFiles(at(path))).rejects.toMatchObject({ code: 'data/missing-file' });
});
