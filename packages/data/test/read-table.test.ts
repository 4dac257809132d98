import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readTable } from '../src/node/index.ts';
import { dailyCsv, errorOf } from './support/bytes.ts';

describe('readTable', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nt-data-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'prices'));
  writeFileSync(join(folder, 'prices', 'B.csv'), dailyCsv([3, 4]));
  writeFileSync(join(folder, 'prices', 'A.csv.gz'), gzipSync(dailyCsv([1, 2])));

  it('reads one file per series by a pattern, ids from the names', async () => {
    const set = await readTable(join(folder, 'prices', '*.csv*'));
    expect([set.ids, [...set.values]]).toEqual([
      ['A', 'B'],
      [1, 2, 3, 4],
    ]);
  });

  it('names the file of a fault among many', async () => {
    writeFileSync(join(folder, 'prices', 'C.csv'), 'ds,y\n2020-01-01,1\n2020-01-01,2\n');
    expect((await errorOf(() => readTable(join(folder, 'prices', '*.csv')))).message).toMatch(
      /\(C\.csv line 2\) and \(C\.csv line 3\)/,
    );
    rmSync(join(folder, 'prices', 'C.csv'));
  });

  it.each([
    ['nothing.csv', 'data/missing-file', /there is no such file/],
    ['*.nothing', 'data/missing-file', /no file matches/],
    ['nothing', 'data/unknown-format', /no extension.*rename it by what it holds, or pipe it in/],
    ['table.foo', 'data/unknown-format', /'\.foo' is not known; the formats are \.csv.*rename it.*pipe it in/],
    ['table.xlsx', 'data/unknown-format', /'\.xlsx' is not known; the formats are \.csv.*: save the sheet as CSV\.$/],
    ['prices.zip', 'data/unknown-format', /'\.zip' is not known.*: unpack it first\.$/],
  ])('refuses %s', async (name, code, message) => {
    const error = await errorOf(() => readTable(join(folder, name)));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it('refuses options of CSV for other formats', async () => {
    writeFileSync(join(folder, 'a.json'), '[]');
    expect((await errorOf(() => readTable(join(folder, 'a.json'), { delimiter: ';' }))).message).toMatch(
      /this is a json file, which has no use for delimiter: ';'; leave it out/,
    );
  });

  it('joins static rows and refuses unknown options', async () => {
    const set = await readTable(join(folder, 'prices', 'B.csv'), { staticRows: [{ id: 'y', size: 7 }] });
    expect([...set.static!.values]).toEqual([7]);
    expect(
      (await errorOf(() => readTable(join(folder, 'prices', 'B.csv'), { targets: 'y' } as never))).message,
    ).toMatch(/did you mean 'target'/);
  });
});
