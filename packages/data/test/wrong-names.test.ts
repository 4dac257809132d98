import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type JsonValue, readCsv, readJson, seriesValues, timeAt } from '../src/index.ts';
import { readTable } from '../src/node/index.ts';
import { bytes, errorOf } from './support/bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'nt-names-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file whose name says another format', () => {
  it.each([
    ['f.csv', 'PAR1xxxx', /a Parquet file, not CSV; give it a name that ends in \.parquet/],
    ['f.csv', 'ARROW1xx', /an Arrow file, not CSV; .*\.arrow/],
    ['f.csv', '[{"ds":"2024-01-01","y":1}]', /JSON, not CSV; .*\.json/],
    ['f.txt', '{"ds":"2024-01-01","y":1}\n{"ds":"2024-01-02","y":2}', /JSON, not CSV/],
    ['f.csv', '[[1704067200000,"1.5"]]', /JSON, not CSV/],
    ['f.csv', '<!DOCTYPE html><html></html>', /HTML or XML, not CSV, perhaps an error page; download the file again\./],
    ['f.json', 'ds,y\n2024-01-01,1\n', /line 1: not valid JSON: ds,y; .*it looks like CSV, whose name ends in \.csv/],
    ['f.parquet', 'ds,y\n2024-01-01,1\n', /PAR1 missing/],
  ])('%s of %s', async (name, text, said) => {
    writeFileSync(join(folder, name), text);
    expect((await errorOf(() => readTable(join(folder, name)))).message).toMatch(said);
  });
});

describe('the name of a column that is not there', () => {
  const csv = 'ts,load,temp,Wind,f\n2024-01-01,1,2,3,4\n2024-01-02,2,3,4,5\n';
  it.each([
    ['no time: the covariate with a near name is not offered', { time: 'time', historic: ['temp'] }, [null]],
    [
      'no covariate: the time with a near name is not offered',
      { time: 'temp', target: 'load', historic: ['tempo'] },
      [null],
    ],
    ['a covariate in other letters is', { time: 'ts', target: 'load', historic: ['wind'] }, [['Wind']]],
    ['a free column with a near name is', { time: 'tz' }, ['ts']],
    ['a column of which no letter is the same is not', { time: 'ts', target: 'y' }, [null]],
    ['nor one as short', { time: 'ts', target: 'xy' }, [null]],
  ])('%s', async (_, options, values) => {
    const error = await errorOf(() => readCsv(bytes(csv), options));
    expect([error.code, error.remedies[0]?.values]).toEqual(['data/missing-column', values]);
  });
});

describe('forms of JSON', () => {
  const day = Date.UTC(2024, 0, 1);
  const read = (document: JsonValue, target: string, time?: string) =>
    readJson(bytes(JSON.stringify(document)), { target, ...(time ? { time } : {}) });
  it.each<[string, JsonValue, string, string?]>([
    [
      'lists, as exchanges give candles',
      [0, 1, 2].map((k) => [day + 86_400_000 * k, `${k}.5`, '9']),
      'column2',
      'column1',
    ],
    ['lists below their names', [['ds', 'y', 'z'], ...[0, 1, 2].map((k) => [`2024-01-0${k + 1}`, k + 0.5, 9])], 'y'],
    [
      "pandas' orient='index', days as texts",
      Object.fromEntries([0, 1, 2].map((k) => [`2024-01-0${k + 1}`, { y: k + 0.5, z: 9 }])),
      'y',
    ],
    [
      "pandas' orient='index', milliseconds",
      Object.fromEntries([0, 1, 2].map((k) => [`${day + 86_400_000 * k}`, { y: k + 0.5 }])),
      'y',
      'index',
    ],
    [
      'columns by name, an index of milliseconds',
      { y: Object.fromEntries([0, 1, 2].map((k) => [`${day + 86_400_000 * k}`, k + 0.5])) },
      'y',
      'index',
    ],
    [
      'columns called as years, an index of times',
      { '2023': { '2024-01-01': 0.5, '2024-01-02': 1.5, '2024-01-03': 2.5 }, '2024': { '2024-01-01': 9 } },
      '2023',
    ],
  ])('%s', async (_, document, target, time) => {
    const set = await read(document, target, time);
    expect([...seriesValues(set, 0)]).toEqual([0.5, 1.5, 2.5]);
    expect([set.report.frequency, timeAt(set, 0, 0)]).toEqual(['day', day]);
  });

  it('lists of different lengths are refused, and what is no row', async () => {
    const ragged = await errorOf(() => read([[day, 1], [day + 86_400_000]], 'column2'));
    expect([ragged.code, ragged.details.row]).toEqual(['data/ragged-row', 2]);
    expect((await errorOf(() => read([1, 2, 3], 'y'))).message).toMatch(
      /row 1 is not an object .* write rows as objects/,
    );
  });
});
