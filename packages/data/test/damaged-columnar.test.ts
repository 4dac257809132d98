import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readArrow } from '../src/arrow/index.ts';
import { readSql } from '../src/duckdb/index.ts';
import type { DataErrorCode } from '../src/index.ts';
import { readParquet } from '../src/parquet/index.ts';
import { bytes, errorOf } from './support/bytes.ts';
import { panelFolder, panelOptions, writeParquet } from './support/panel-files.ts';

const folder = panelFolder();
beforeAll(() => writeParquet(folder, ['zstd', 'gzip']));

describe('damaged columnar files', () => {
  const file = async (name: string) => new Uint8Array(readFileSync(join(folder, name)));

  it.each<[string, () => Promise<unknown>, DataErrorCode, RegExp]>([
    ['an empty Parquet file', () => readParquet(new Uint8Array(), panelOptions), 'data/empty-file', /0 bytes/],
    [
      'a truncated Parquet file',
      async () => readParquet((await file('zstd.parquet')).subarray(0, 900), panelOptions),
      'data/corrupt-file',
      /footer magic PAR1 missing; the file is truncated or not Parquet/,
    ],
    ['CSV called Parquet', () => readParquet(bytes('ds,y\n2020-01-01,1\n'), panelOptions), 'data/corrupt-file', /PAR1/],
    [
      'a missing column',
      async () => readParquet(await file('zstd.parquet'), { ...panelOptions, target: 'z' }),
      'data/missing-column',
      /the file has: id, ds, y, x, n, w/,
    ],
    ['damaged Arrow', () => readArrow(bytes('ARROW1 no'), panelOptions), 'data/corrupt-file', /Arrow IPC/],
    ['an empty Arrow file', () => readArrow(new Uint8Array(), panelOptions), 'data/empty-file', /0 bytes/],
    [
      'a query that fails',
      () => readSql('SELECT * FROM nowhere', panelOptions),
      'data/bad-option',
      /DuckDB refused the query: .*nowhere/,
    ],
    [
      'a query without rows',
      () =>
        readSql(
          "SELECT 'a' AS id, DATE '2020-01-01' AS ds, 1.0 AS y, 1 AS x, 1 AS n, 'w' AS w WHERE false",
          panelOptions,
        ),
      'data/header-only',
      /no rows/,
    ],
  ])('%s', async (_, run, code, message) => {
    const error = await errorOf(run);
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it('a damaged page of a gzip column names row group and column', async () => {
    const damaged = await file('gzip.parquet');
    damaged.fill(0x55, 40, 400);
    const error = await errorOf(() => readParquet(damaged, panelOptions));
    expect([error.code, error.message]).toEqual([
      'data/corrupt-file',
      expect.stringMatching(/row group 0, column '\w+'/),
    ]);
  });
});
