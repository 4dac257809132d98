import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromArrays } from 'apache-arrow';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { readArrowTable } from '../src/arrow/index.ts';
import { readSql } from '../src/duckdb/index.ts';
import { readCsv, readJson, readRows } from '../src/index.ts';
import { readTable } from '../src/node/index.ts';
import { readParquet } from '../src/parquet/index.ts';
import { bytes, errorOf } from './support/bytes.ts';
import { counting, days, hours, months, readTwice, seen, two } from './support/crosstab-files.ts';
import { readText } from './support/read-text.ts';

const years = ['2019', '2020', '2021'];
const monthsOf2023 = months.map((_, k) => `2023-${two(k + 1)}`);
const clocks = hours((hour) => `${two(hour)}:00`);
const monthly = { first: '2019-01', last: '2021-12', frequency: 'month' };
const hourly = { first: '2024-01-01 00:00', last: '2024-01-03 23:00', frequency: 'hour' };
const quarterly = { first: '2019Q1', last: '2021Q4', frequency: 'quarter' };

describe('rows and columns of a crosstab', () => {
  it('columns in another order, and newest first', async () => {
    const reversed = (names: readonly string[]) => [...names].reverse();
    const text = counting('Year', reversed(months), reversed(years));
    const set = await readTwice(text);
    expect([set.values[0], set.values.at(-1), set.report.unsorted]).toEqual([35, 0, null]);
    const across = await readTwice(counting('sku', reversed(monthsOf2023), ['a']));
    expect([across.values[0], seen(across).first]).toEqual([11, '2023-01']);
  });

  it('months in rows beside columns of years', async () => {
    const rows = months.map((month, k) => [month, k, 12 + k, k < 3 ? 24 + k : ''].join());
    const set = await readTwice(`Month,2019,2020,2021\n${rows.join('\n')}\nTotal,1,2,3\n`);
    expect([seen(set), set.report.timeSteps]).toEqual([
      { first: '2019-01', last: '2021-03', frequency: 'month', counts: true },
      27,
    ]);
    expect(set.report.notices.join()).toMatch(/rows left out, which are no times: 'Total'/);
    const quarters = [0, 1, 2, 3].map((k) => [`Q${k + 1}`, k, k + 4, k + 8].join());
    expect(seen(await readTwice(`,2019,2020,2021\n${quarters.join('\n')}\n`))).toEqual({ ...quarterly, counts: true });
  });

  it('hours in rows beside columns of days', async () => {
    const rows = hours((hour) => `HE${two(hour + 1)},${hour},${hour + 24},${hour + 48}`);
    const set = await readTwice(`,${days(3).join()}\n${rows.join('\n')}\n`);
    expect(seen(set)).toEqual({ ...hourly, counts: true });
    expect(set.report.notices.join()).toMatch(/hours are named by their end: 'HE01' is read as 00:00/);
  });

  it.each([
    ['1 to 24', (hour: number) => hour + 1, /hours are named by their end: '1' is read as 00:00/],
    ['0 to 23', (hour: number) => hour, /'0' is read as 00:00, the begin of the hour/],
  ])('says which end of the hour is meant: %s', async (_, name, said) => {
    expect((await readText(counting('Date', hours(name), days(2)))).report.notices.join()).toMatch(said);
  });
});

describe('every kind of table', () => {
  const rows = years.map((year, row) => ({
    Year: Number(year),
    ...Object.fromEntries(months.map((month, k) => [month, row * 12 + k])),
  }));
  it('rows and JSON, with row and column of a fault', async () => {
    expect(seen(await readRows(rows))).toEqual({ ...monthly, counts: true });
    expect(seen(await readJson(bytes(JSON.stringify(rows))))).toEqual({ ...monthly, counts: true });
    const { details } = await errorOf(() =>
      readRows(rows.map((row) => (row.Year === 2020 ? { ...row, Mar: 'x!' } : row))),
    );
    expect(details).toMatchObject({ row: 2, column: 'Mar' });
  });

  it('names of digits, which come first in objects, and days that are Dates', async () => {
    const table = days(3).map((day, row) => ({
      Date: new Date(day),
      ...Object.fromEntries(hours((hour) => hour + 1).map((hour, k) => [hour, row * 24 + k])),
    }));
    expect(seen(await readRows(table))).toEqual({ ...hourly, counts: true });
  });

  it('Parquet, with days and with years', async () => {
    const numbers = (names: readonly string[], rows: number) =>
      names.map((name, at) => ({
        name,
        data: Float64Array.from({ length: rows }, (_, row) => row * names.length + at),
        type: 'DOUBLE' as const,
      }));
    const dates = { name: 'date', data: days(3).map((day) => new Date(day)), type: 'TIMESTAMP' as const };
    const hourlyTable = parquetWriteBuffer({ columnData: [dates, ...numbers(clocks, 3)] });
    const set = await readParquet(hourlyTable);
    expect(seen(set)).toEqual({ ...hourly, counts: true });
    expect(seen(await readParquet(hourlyTable, set.reading))).toEqual({ ...hourly, counts: true });
    const year = { name: 'year', data: Int32Array.from(years, Number), type: 'INT32' as const };
    expect(seen(await readParquet(parquetWriteBuffer({ columnData: [year, ...numbers(months, 3)] })))).toEqual({
      ...monthly,
      counts: true,
    });
  });

  it('Arrow, with row and column of what is missing', async () => {
    const table = (march: number | null) =>
      tableFromArrays({
        year: Int32Array.from(years, Number),
        ...Object.fromEntries(months.map((month, at) => [month, [at, month === 'Mar' ? march : 12 + at, 24 + at]])),
      });
    expect(seen(await readArrowTable(table(14)))).toEqual({ ...monthly, counts: true });
    expect((await errorOf(() => readArrowTable(table(null)))).details).toMatchObject({ row: 2, column: 'Mar' });
  });

  const folder = mkdtempSync(join(tmpdir(), 'nt-data-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  it('DuckDB, files joined to one table, and columns of tabs', async () => {
    const path = (name: string) => join(folder, name);
    writeFileSync(path('a.csv'), counting('Year', months, years));
    writeFileSync(path('b.csv'), counting('Year', months, years).replace('2021,', '2021,x'));
    writeFileSync(path('c.tsv'), counting('Year', months, years, '\t'));
    const query = `SELECT * FROM read_csv('${path('a.csv')}', all_varchar = true)`;
    expect(seen(await readSql(query))).toEqual({ ...monthly, counts: true });
    expect(seen(await readTable(path('c.tsv')))).toEqual({ ...monthly, counts: true });
    expect((await errorOf(() => readTable(path('*.csv')))).message).toMatch(/^b.csv: line 4, column 'Jan': "x24"/);
    writeFileSync(path('b.csv'), counting('Year', months, years).replace(',13,', ',,'));
    const both = await errorOf(() => readTable(path('*.csv')));
    expect(both.message).toMatch(/series 'b', 2020-02 \(b.csv line 3, column 'Feb'\): no value/);
    expect((await readTable(path('*.csv'), { missing: 'linear' })).ids).toEqual(['a', 'b']);
  });

  it('a later file is read as the earlier was', async () => {
    const early = await readText('item,store,2024-01,2024-02,2024-03\na,x,1,2,3\na,y,4,5,6\n', { id: 'item + store' });
    const later = await readText('item,store,class,2024-02,2024-03,2024-04\na,x,k,2,3,4\nb,x,k,7,8,9\n', early.reading);
    expect([early.ids, later.ids, [...later.values]]).toEqual([
      ['a/x', 'a/y'],
      ['a/x', 'b/x'],
      [2, 3, 4, 7, 8, 9],
    ]);
    const dates = (names: string) => `sku,${names}\na,1,2,3\n`;
    const { reading } = await readText(dates('29/1/2024,30/1/2024,31/1/2024'));
    expect((await readText(dates('01/2/2024,02/2/2024,03/2/2024'), reading)).starts[0]).toBe(Date.UTC(2024, 1, 1));
    const long = await errorOf(() => readText('time,value\n2024-01,1\n2024-02,2\n', early.reading));
    expect(long.remedies).toEqual([{ option: 'layout', values: ['long'] }]);
    expect(
      seen(await readText(counting('Year', months, years), { layout: 'crosstab', time: 'ds', target: 'y' })).counts,
    ).toBe(true);
  });

  it('a byte stream in pieces', async () => {
    const text = bytes(counting('Year', months, years));
    async function* pieces() {
      for (let at = 0; at < text.length; at += 7) yield text.slice(at, at + 7);
    }
    expect(seen(await readCsv(pieces()))).toEqual({ ...monthly, counts: true });
  });
});
