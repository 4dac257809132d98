import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromArrays } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readArrow, readArrowTable, writeArrow } from '../src/arrow/index.ts';
import { csvOptionKeys } from '../src/csv/csv-options.ts';
import { readSql } from '../src/duckdb/index.ts';
import { readCsv, readJson, readRows, readTsf } from '../src/index.ts';
import { openShardFiles, readTable } from '../src/node/index.ts';
import { openShards, readParquet } from '../src/parquet/index.ts';
import { seriesOptionKeys } from '../src/series/series-options.ts';
import { tsfOptionKeys } from '../src/tsf/tsf-options.ts';
import { bytes, errorOf } from './support/bytes.ts';

const text = 'ds,y\n2020-01-01,1\n2020-01-02,2\n';
const rows = [
  { ds: '2020-01-01', y: 1 },
  { ds: '2020-01-02', y: 2 },
];
const path = join(mkdtempSync(join(tmpdir(), 'nt-data-')), 'a.csv');
writeFileSync(path, text);

/** Values that no reader can take; every option has at least one. */
const wrong: Readonly<Record<string, readonly unknown[]>> = {
  time: [5, true, [], [1], null],
  timeUnit: ['minutes', 1],
  target: [5, [1], {}, null],
  id: [5, ['a'], null],
  layout: ['across', true],
  historic: ['y', [1], {}, null],
  future: ['y', [1], 1],
  static: ['y', [undefined], 1],
  frequency: ['fortnight', 3600],
  gaps: ['fill', true],
  missing: ['skip', false],
  duplicates: ['keep', 1],
  unsorted: ['ignore', true],
  nonFinite: ['zero', 0],
  levels: [[], 'a', { sky: 'rain' }, { sky: [1] }],
  timezone: ['Mars/Olympus', 1],
  timeFormat: ['%Q', 'date', 5],
  decimal: [';', 1],
  thousands: ['-', true],
  nullValues: ['NA', [1], {}],
  name: [5, {}],
  delimiter: [':', ''],
  header: ['no', 0],
  skipRows: [-1, 1.5, '3'],
  comment: ['##', '', 5, '\n'],
  encoding: ['ebcdic', 8],
  badRows: ['skip', true],
  memoryLimit: [512],
  threads: [0, 1.5, '2'],
  prepare: ['LOAD httpfs', [1]],
  staticRows: ['rows', {}],
  sql: [5, ['SELECT 1']],
};

type Reader = readonly [name: string, run: (options: never) => Promise<unknown>, keys: readonly string[]];
const shardKeys = ['time', 'target', 'id', 'historic', 'future', 'static', 'frequency', 'levels', 'name'];
const readers: readonly Reader[] = [
  ['readCsv', (options) => readCsv(bytes(text), options), [...seriesOptionKeys, ...csvOptionKeys]],
  ['readTable', (options) => readTable(path, options), [...seriesOptionKeys, ...csvOptionKeys, 'staticRows', 'sql']],
  ['readJson', (options) => readJson(bytes(JSON.stringify(rows)), options), seriesOptionKeys],
  ['readRows', (options) => readRows(rows, options), seriesOptionKeys],
  ['readTsf', (options) => readTsf(bytes('@data\n'), options), tsfOptionKeys],
  ['readParquet', (options) => readParquet(bytes('PAR1'), options), seriesOptionKeys],
  ['readArrow', (options) => readArrow(bytes('ARROW1'), options), seriesOptionKeys],
  ['readArrowTable', (options) => readArrowTable(tableFromArrays({ y: [1, 2] }), options), seriesOptionKeys],
  ['readSql', (options) => readSql('SELECT 1', options), [...seriesOptionKeys, 'memoryLimit', 'threads', 'prepare']],
  ['openShards', (options) => openShards([], options), shardKeys],
  ['openShardFiles', (options) => openShardFiles(path, options), shardKeys],
];

describe.each(readers)('%s', (_, run, keys) => {
  it.each(keys)('refuses a wrong %s', async (option) => {
    for (const value of wrong[option]!) {
      const error = await errorOf(() => run({ [option]: value } as never));
      expect([error.code, option, value, error.message.includes(option)]).toEqual([
        'data/bad-option',
        option,
        value,
        true,
      ]);
    }
  });

  it('refuses an option that it does not know, and names the nearest', async () => {
    const [known] = keys;
    const error = await errorOf(() => run({ [`${known}x`]: 1 } as never));
    expect(error.details).toMatchObject({ option: `${known}x`, nearest: known });
    const foreign = Object.keys(wrong).filter((option) => !keys.includes(option));
    for (const option of foreign) {
      const refused = await errorOf(() => run({ [option]: 'x' } as never));
      expect([refused.code, refused.details.option]).toEqual(['data/bad-option', option]);
    }
  });

  it('refuses options that are no object', async () => {
    for (const options of [null, 'ds', 5, []])
      expect((await errorOf(() => run(options as never))).code).toBe('data/bad-option');
  });
});

it.each([
  ['readRows', (source: never) => readRows(source)],
  ['readCsv', (source: never) => readCsv(source)],
  ['readJson', (source: never) => readJson(source)],
  ['readTsf', (source: never) => readTsf(source)],
  ['readParquet', (source: never) => readParquet(source)],
  ['readArrow', (source: never) => readArrow(source)],
])('%s refuses a source that is none', async (_, run) => {
  for (const source of [undefined, null, 5, 'prices.csv', {}])
    expect((await errorOf(() => run(source as never))).code).toBe('data/bad-option');
});

it('undefined is as good as absent', async () => {
  const options = Object.fromEntries([...seriesOptionKeys, ...csvOptionKeys].map((key) => [key, undefined]));
  expect((await readTable(path, options)).ids).toEqual(['y']);
  expect((await readCsv(bytes(text), options)).ids).toEqual(['y']);
  expect(writeArrow(await readRows(rows, {}))).toBeInstanceOf(Uint8Array);
});
