import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSql } from '../src/duckdb/index.ts';
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
    ['absent.csv', sql, {}, 'data/missing-file', /absent\.csv: there is no such file; check the path/],
    ['absent.duckdb', sql, {}, 'data/missing-file', /absent\.duckdb: there is no such file; check the path/],
    ['prices.csv', '-- nothing', {}, 'data/bad-option', /one SELECT statement, but this is none/],
    ['prices.csv', 'SELECT 1 /* open', {}, 'data/bad-option', /DuckDB refused the query: unterminated/],
    [
      'prices.csv',
      'PIVOT data ON ds USING sum(close::DOUBLE)',
      {},
      'data/bad-option',
      /PIVOT names its columns with IN/,
    ],
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

  it.each([
    `${sql} -- the second symbol`,
    `${sql}; -- the second symbol`,
    `/* the second symbol */ ${sql} ;; /* that is all */`,
    `WITH b AS (${sql}) SELECT * FROM b`,
    `(${sql})`,
    "SELECT ds, close FROM data WHERE symbol = 'B' AND symbol <> '; DROP TABLE data; --' ORDER BY ds",
    "SELECT ds, B AS close FROM (PIVOT data ON symbol IN ('A', 'B') USING first(close) GROUP BY ds) ORDER BY ds",
    "FROM data SELECT ds, close WHERE symbol = 'B' ORDER BY ds",
    "SELECT ds, close FROM data, range(1) WHERE symbol = 'B' ORDER BY ds",
  ])('may be written like %s', async (query) => {
    expect([...(await readTable(at('prices.csv'), { sql: query })).values]).toEqual([10, 20, 30]);
  });

  it('may name its own file again, as it was named', async () => {
    const query = `SELECT ds, close FROM read_csv('${at('prices.csv').replaceAll("'", "''")}') WHERE symbol = 'A'`;
    expect([...(await readTable(at('prices.csv'), { sql: query })).values]).toEqual([1, 2, 3]);
  });
});

/** What a query that comes with the model of someone else may try; `{}` is the folder. */
const attacks: readonly (readonly [string, RegExp])[] = [
  ["COPY (SELECT 1) TO '{}/out.csv'", /one SELECT statement, which this is not/],
  ["SELECT ds, close FROM data; COPY data TO '{}/out.csv'", /one SELECT statement, which this is not/],
  ['SELECT ds, close FROM data; SELECT ds, close FROM data', /one SELECT statement, but these are 2/],
  ["SELECT 1); COPY (SELECT 1) TO '{}/out.csv'; CREATE TABLE t AS (SELECT 1", /DuckDB refused the query: syntax error/],
  [
    "SELECT * FROM read_csv('{}/x-1.csv')",
    /reads no file but the one that it is asked of, and this one wants .*x-1\.csv/,
  ],
  ["SELECT * FROM '{}/x-1.csv'", /wants .*x-1\.csv/],
  ["SELECT * FROM '{}/prices.csv/../x-1.csv'", /wants .*x-1\.csv/],
  ["SELECT * FROM data WHERE close IN (SELECT close FROM '{}/x-*.csv')", /wants .*x-\*\.csv/],
  ["SELECT * FROM 'https://example.org/x.csv'", /wants https:\/\/example\.org/],
  ["SELECT * FROM read_text('/etc/hostname')", /no use for read_text\(\)/],
  ["SELECT * FROM query('SELECT 1')", /no use for query\(\)/],
  ["WITH a AS (SELECT * FROM Glob('{}/*')) SELECT * FROM a", /no use for glob\(\)/],
  ["SELECT * FROM enable_profiling(format = 'json', save_location = '{}/prices.json')", /no use for enable_profiling/],
  ["SELECT (SELECT 1 FROM enable_logging(storage = 'file', storage_path = '{}/out'))", /no use for enable_logging/],
  ["ATTACH '{}/out.duckdb' AS out", /one SELECT statement, which this is not/],
  ["EXPORT DATABASE '{}/out'", /one SELECT statement, which this is not/],
  ['INSTALL httpfs', /one SELECT statement, which this is not/],
  ['LOAD httpfs', /one SELECT statement, which this is not/],
  ['SET enable_external_access = true', /one SELECT statement, which this is not/],
  ['DROP VIEW data', /one SELECT statement, which this is not/],
];

describe('a query of someone else reads the file that it is asked of, and does nothing else', () => {
  it.each(attacks)('%s', async (query, message) => {
    const before = readdirSync(folder).map((name) => [name, readFileSync(at(name)).toString('base64')]);
    for (const name of ['prices.json', 'prices.duckdb']) {
      const asked = query.replaceAll('{}', folder.replaceAll("'", "''"));
      const { reading } = await readTable(at('prices.csv'), { sql });
      const error = await errorOf(() => readTable(at(name), {}, { ...reading, sql: asked } as never));
      expect([error.code, error.message]).toEqual(['data/bad-option', expect.stringMatching(message)]);
    }
    expect(readdirSync(folder).map((name) => [name, readFileSync(at(name)).toString('base64')])).toEqual(before);
  });

  it('nor does a view that lies in a database', async () => {
    const instance = await DuckDBInstance.create(at('views.duckdb'));
    const connection = await instance.connect();
    await connection.run(`CREATE VIEW data AS SELECT * FROM '${at('x-1.csv').replaceAll("'", "''")}'`);
    connection.closeSync();
    instance.closeSync();
    expect((await errorOf(() => readTable(at('views.duckdb'), { sql }))).message).toMatch(/wants .*x-1\.csv/);
  });
});

describe('readSql, whose query a program writes', () => {
  const rowsOf = "(VALUES ('2024-01-01', 'A', 1), ('2024-01-02', 'A', 2)) t(ds, symbol, close)";

  it.each([
    `FROM ${rowsOf}; -- so`,
    `SELECT * FROM ${rowsOf} -- so`,
    `PIVOT (FROM ${rowsOf}) ON symbol USING sum(close) ORDER BY ds;`,
  ])('reads %s', async (query) => {
    const target = query.startsWith('PIVOT') ? 'A' : 'close';
    expect([...(await readSql(query, { time: 'ds', target })).values]).toEqual([1, 2]);
  });

  it('runs one', async () => {
    const error = await errorOf(() => readSql(`SELECT * FROM ${rowsOf}; SELECT 1`));
    expect([error.code, error.message]).toEqual(['data/bad-option', expect.stringMatching(/refused the query/)]);
  });
});
