import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../src/node/index.ts';
import { errorOf } from './support/bytes.ts';

const folder = mkdtempSync(join(tmpdir(), "nt-query-it's-"));
const at = (name: string): string => join(folder, name);
const rows = ['A', 'B'].flatMap((symbol) =>
  [1, 2, 3].map((day) => ({ symbol, ds: `2024-01-0${day}`, close: symbol === 'A' ? day : 10 * day })),
);
const sql = "SELECT ds, close FROM data WHERE symbol = 'B' ORDER BY ds";

beforeAll(async () => {
  writeFileSync(at('prices.csv'), `symbol,ds,close\n${rows.map((row) => Object.values(row).join()).join('\n')}\n`);
  writeFileSync(at('prices.json'), JSON.stringify(rows));
  writeFileSync(at('x-1.csv'), 'symbol,ds,close\nB,2024-01-01,7\n');
  writeFileSync(at('x-2.csv'), 'symbol,ds,close\nB,2024-01-02,8\n');
  const instance = await DuckDBInstance.create(at('prices.duckdb'));
  const connection = await instance.connect();
  const source = at('prices.json').replaceAll("'", "''");
  await connection.run(`CREATE TABLE data AS SELECT * FROM read_json_auto('${source}')`);
  await connection.run(`COPY data TO '${at('prices.parquet').replaceAll("'", "''")}'`);
  connection.closeSync();
  instance.closeSync();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a query', () => {
  it.each(['prices.csv', 'prices.json', 'prices.parquet', 'prices.duckdb'])('of %s', async (name) => {
    const set = await readTable(at(name), { sql });
    expect([[...set.values], set.report.source, (set.reading as { sql?: string }).sql]).toEqual([
      [10, 20, 30],
      name,
      sql,
    ]);
  });

  it('of several files, which are one table', async () => {
    expect([...(await readTable(at('x-*.csv'), { sql })).values]).toEqual([7, 8]);
  });

  it('is asked again of the next file, as it was remembered', async () => {
    const { reading } = await readTable(at('prices.csv'), { sql });
    expect([...(await readTable(at('prices.parquet'), {}, reading)).values]).toEqual([10, 20, 30]);
    const other = await readTable(at('prices.csv'), { sql: sql.replace("'B'", "'A'") }, reading);
    expect([...other.values]).toEqual([1, 2, 3]);
  });

  it.each<[string, string, object, string, RegExp]>([
    ['prices.csv', 'SELECT nothing FROM data', {}, 'data/bad-option', /DuckDB refused the query: .*nothing/],
    ['prices.csv', 'SELEKT', {}, 'data/bad-option', /DuckDB refused the query/],
    ['absent.csv', sql, {}, 'data/bad-option', /absent\.csv/],
    ['x-9*.csv', sql, {}, 'data/missing-file', /no file matches/],
    ['series.tsf', sql, {}, 'data/bad-option', /tsf file, which DuckDB does not read; leave the query out/],
    ['prices.csv', sql, { delimiter: ',' }, 'data/bad-option', /asked by a query, which has no use for delimiter: ','/],
  ])('that cannot be answered: %s, %s', async (name, query, options, code, message) => {
    const error = await errorOf(() => readTable(at(name), { sql: query, ...options }));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it('is not asked of a pipe or an address', async () => {
    for (const source of ['-', 'https://host/x.csv'])
      expect((await errorOf(() => readTable(source, { sql }))).message).toMatch(/a query asks files/);
  });
});
