import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SeriesOptions } from '../src/index.ts';
import { columnsOf } from '../src/parquet/flat-elements.ts';
import { readParquet } from '../src/parquet/index.ts';
import { errorOf } from './support/bytes.ts';
import { panelFolder } from './support/panel-files.ts';

const folder = panelFolder();
const flat = ["TIMESTAMP '2024-01-01' + to_hours(i::INTEGER) AS ds", '(11840 + i)::BIGINT AS price'];
/** Parts that have the names of the flat columns, and other types. */
const nested = [
  '{ price: (118.40 + i)::DECIMAL(15, 2), ds: i, bid: { price: i * 1.5, size: i } } AS quote',
  '[{ price: 1.0, ds: 2 }] AS legs',
  "MAP { 'price': i * 1.0 } AS attrs",
  '[1.0, 2.0] AS tags',
];
const orders: Readonly<Record<string, readonly string[]>> = {
  'flat columns first': [...flat, ...nested],
  'nested columns first': [...nested, ...flat],
  'nested columns between': [flat[0]!, ...nested, flat[1]!],
};

beforeAll(async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  for (const [name, columns] of Object.entries(orders))
    await connection.run(
      `COPY (SELECT ${columns.join(', ')} FROM range(40) t(i)) TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet)`,
    );
});

const read = (name: string, options: SeriesOptions = {}) =>
  readParquet(readFileSync(join(folder, `${name}.parquet`)), { name: 'q.parquet', ...options });

describe.each(Object.keys(orders))('%s', (name) => {
  it('flat columns are read by their own type', async () => {
    const set = await read(name);
    expect([...set.values.subarray(0, 3), set.starts[0]]).toEqual([11840, 11841, 11842, Date.UTC(2024, 0, 1)]);
    expect([...set.report.columns.unused].sort()).toEqual([
      'attrs',
      'legs',
      'quote.bid.price',
      'quote.bid.size',
      'quote.ds',
      'quote.price',
      'tags',
    ]);
  });

  it.each(['quote.price', 'quote.bid.price', 'tags', 'attrs', 'legs'])('%s is said to be nested', async (target) => {
    const error = await errorOf(() => read(name, { target }));
    expect([error.code, error.message]).toEqual(['data/column-type', expect.stringContaining(`'${target}' is nested`)]);
  });

  it('the name of a part alone is no column; the message has its path', async () => {
    const error = await errorOf(() => read(name, { target: 'size' }));
    expect([error.code, error.message]).toEqual(['data/missing-column', expect.stringContaining('quote.bid.size')]);
  });
});

it('a schema whose children do not add up is damage', () => {
  expect(() =>
    columnsOf([
      { name: 'schema', num_children: 1 },
      { name: 'a', num_children: 3 },
    ]),
  ).toThrow();
});

it('readers refuse two columns of one name', async () => {
  const { readRows } = await import('../src/index.ts');
  const error = await errorOf(() => readRows([{ ds: '2024-01-01', y: 1, ' y': 2 }]));
  expect([error.code, error.details.column]).toEqual(['data/duplicate-column', 'y']);
});
