import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSql } from '../src/duckdb/index.ts';
import { type CsvOptions, type DataErrorCode, readCsv } from '../src/index.ts';
import { bytes, dailyCsv, errorOf } from './support/bytes.ts';

interface BadCase {
  readonly title: string;
  readonly file: string | Uint8Array;
  readonly options?: CsvOptions;
  readonly code: DataErrorCode;
  readonly message: RegExp;
  readonly line?: number;
  readonly column?: string;
  readonly count?: number;
  /** The fault is in the values and not in the form of the file: DuckDB must give the same code. */
  readonly bothEngines?: boolean;
}

const days = (cells: string) => `ds,y\n2020-01-01,1\n2020-01-02,${cells}\n2020-01-03,3\n`;
const manyRows = Array.from(
  { length: 50_000 },
  (_, step) => `${new Date(step * 3_600_000).toISOString()},${step}`,
).join('\n');
const zip = Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0);
const utf16 = Uint8Array.of(0xff, 0xfe, 100, 0, 115, 0);
const latin1 = Uint8Array.from([...bytes('id,ds,y\nK'), 0xf6, ...bytes('ln,2020-01-01,1\n')]);
const lateLatin1 = Uint8Array.from([
  ...bytes(`id,ds,y\n${'a,2020-01-01,1\n'.repeat(6000)}K`),
  0xf6,
  ...bytes('ln,2020-01-01,1\n'),
]);

const cases: readonly BadCase[] = [
  { title: 'an empty file', file: '', code: 'data/empty-file', message: /^f\.csv: the file is empty \(0 bytes\)/ },
  { title: 'a file of blank lines', file: '\n\n \n', code: 'data/empty-file', message: /empty/ },
  { title: 'a header without rows', file: 'ds,y\n', code: 'data/header-only', message: /has a header but no rows/ },
  { title: 'UTF-16', file: utf16, code: 'data/encoding', message: /UTF-16 LE byte-order mark; save the file as UTF-8/ },
  {
    title: 'Latin-1 in the head',
    file: latin1,
    code: 'data/encoding',
    message: /line 2, byte 2: not valid UTF-8/,
    line: 2,
  },
  {
    title: 'Latin-1 behind the head',
    file: lateLatin1,
    options: { id: 'id', duplicates: 'last' },
    code: 'data/encoding',
    message: /line 6002, column 'id': not valid UTF-8/,
    line: 6002,
  },
  { title: 'a zip archive', file: zip, code: 'data/compressed', message: /zip data \(50 4b\)/ },
  { title: 'a Parquet file', file: bytes('PAR1xxxx'), code: 'data/unknown-format', message: /this is a Parquet file/ },
  {
    title: 'a missing target',
    file: 'date,OT,HUFL\n2020-01-01,1,2\n',
    options: { target: 'OTT' },
    code: 'data/missing-column',
    message: /target column 'OTT' not found; the file has: date, OT, HUFL\. Did you mean target: 'OT'\?/,
    column: 'OTT',
    bothEngines: true,
  },
  {
    title: 'no target to guess',
    file: 'date,open,close\n2020-01-01,1,2\n',
    code: 'data/missing-column',
    message: /which column is the target\? the candidates are: open, close/,
    bothEngines: true,
  },
  {
    title: 'no time column',
    file: 'a,b\n1,2\n',
    options: { target: 'b' },
    code: 'data/missing-column',
    message: /no time column found.*time: false/,
    bothEngines: true,
  },
  {
    title: 'a repeated header',
    file: 'ds,y,y\n2020-01-01,1,2\n',
    code: 'data/duplicate-column',
    message: /line 1: column 'y' appears twice \(fields 2 and 3\)/,
    line: 1,
  },
  {
    title: 'a column with two roles',
    file: 'ds,y\n2020-01-01,1\n',
    options: { historic: ['y'], target: 'y' },
    code: 'data/bad-option',
    message: /column 'y' is given two roles/,
    bothEngines: true,
  },
  {
    title: 'a short row',
    file: 'id,ds,y\na,2020-01-01,1\na,2020-01-02\na,2020-01-03,3\n',
    options: { id: 'id' },
    code: 'data/ragged-row',
    message: /line 3: expected 3 fields, found 2: "a,2020-01-02"/,
    line: 3,
  },
  {
    title: 'a long row',
    file: days('2,9'),
    code: 'data/ragged-row',
    message: /line 3: expected 2 fields, found 3: "2020-01-02,2,9"/,
    line: 3,
  },
  {
    title: 'a last row cut off',
    file: 'ds,y\n2020-01-01,1\n2020',
    code: 'data/ragged-row',
    message: /line 3: expected 2 fields, found 1/,
    line: 3,
  },
  {
    title: 'a block of NUL',
    file: `ds,y\n2020-01-01,1\n${'\0'.repeat(40)}\n`,
    code: 'data/ragged-row',
    message: /line 3: expected 2 fields, found 1/,
    line: 3,
  },
  {
    title: 'an open quote',
    file: 'ds,y\n2020-01-01,1\n"2020-01-02,2\n2020-01-03,3\n',
    code: 'data/open-quote',
    message: /line 3, column 'ds': the quote opened in field 1 is never closed/,
    line: 3,
  },
  {
    title: 'text behind a closing quote',
    file: days('"2"x'),
    code: 'data/open-quote',
    message: /line 3: text follows a closing quote: "2"x/,
    line: 3,
  },
  {
    title: 'text in a number column',
    file: days('abc'),
    code: 'data/bad-number',
    message: /line 3, column 'y': "abc" is not a number/,
    line: 3,
    column: 'y',
    count: 1,
    bothEngines: true,
  },
  {
    title: 'text far down',
    file: `ds,y\n${manyRows}\n2099-01-01,abc\n`,
    code: 'data/bad-number',
    message: /line 50002, column 'y': "abc"/,
    line: 50_002,
  },
  {
    title: 'a percent sign',
    file: days('5%'),
    code: 'data/bad-number',
    message: /remove the percent sign/,
    bothEngines: true,
  },
  {
    title: 'a currency sign',
    file: days('€5'),
    code: 'data/bad-number',
    message: /remove the currency sign/,
    bothEngines: true,
  },
  {
    title: 'thousands separators',
    file: days('"1,234.5"'),
    code: 'data/bad-number',
    message: /thousands separators must be removed/,
    bothEngines: true,
  },
  {
    title: 'a decimal comma',
    file: 'ds;y\n2020-01-01;1\n2020-01-02;1,5\n',
    code: 'data/bad-number',
    message: /for a decimal comma pass decimal: ','/,
  },
  {
    title: 'many faults',
    file: dailyCsv(['x', 1, 'x', 'x', 'x', 'x', 'x']).replace('x', '0'),
    code: 'data/bad-number',
    message: /5 faults in all; next: line 5/,
    count: 5,
    bothEngines: true,
  },
  {
    title: 'a number beyond float32',
    file: days('1e300'),
    code: 'data/float32-overflow',
    message: /line 3\): beyond float32/,
    line: 3,
    bothEngines: false,
  },
  {
    title: 'an infinite number',
    file: days('-Infinity'),
    code: 'data/non-finite',
    message: /line 3\): infinite.*nonFinite: 'mask'/,
    line: 3,
    bothEngines: false,
  },
  {
    title: 'no such day',
    file: 'ds,y\n2020-12-01,1\n2020-13-45,2\n',
    code: 'data/bad-time',
    message: /line 3, column 'ds': "2020-13-45" is not a date/,
    line: 3,
    bothEngines: true,
  },
  {
    title: 'an ambiguous date',
    file: 'ds,y\n01/02/2020,1\n',
    options: { time: 'ds' },
    code: 'data/ambiguous-date',
    message: /"01\/02\/2020": day-month or month-day\?.*timeFormat/,
    line: 2,
    bothEngines: true,
  },
  {
    title: 'another format than told',
    file: 'ds,y\n1.2.2020,1\n2020-02-02,1\n',
    options: { timeFormat: '%d.%m.%Y' },
    code: 'data/bad-time',
    message: /"2020-02-02" does not match timeFormat/,
    line: 3,
  },
  {
    title: 'offsets in some times',
    file: 'ds,y\n2020-01-01T00:00Z,1\n2020-01-01T01:00,2\n',
    code: 'data/mixed-time-zones',
    message: /mixes times with a UTC offset \(line 2\) and without one \(line 3\)/,
    line: 3,
    bothEngines: true,
  },
  {
    title: 'a local time that is skipped',
    file: 'ds,y\n2021-03-28T01:30,1\n2021-03-28T02:30,2\n',
    options: { timezone: 'Europe/Berlin' },
    code: 'data/local-time',
    message: /2021-03-28 02:30 \(line 3\) does not exist in Europe\/Berlin/,
    line: 3,
  },
  {
    title: 'an hour that occurs twice',
    file: 'ds,y\n2021-10-31T01:00,0\n2021-10-31T02:00,1\n2021-10-31T02:00,2\n2021-10-31T03:00,2\n',
    code: 'data/duplicate-time',
    message: /2021-10-31 02:00 \(line 3\) and \(line 4\).*end of summer time.*pass timezone/,
    line: 4,
  },
  {
    title: 'an hour that is missing in spring',
    file: 'ds,y\n2021-03-28T00:00,0\n2021-03-28T01:00,1\n2021-03-28T03:00,2\n2021-03-28T04:00,2\n',
    code: 'data/gap',
    message: /change to summer time.*pass timezone/,
    line: 4,
  },
  {
    title: 'seconds told as milliseconds',
    file: 'ds,y\n1600000000,1\n1600003600,2\n',
    options: { timeUnit: 'ms' },
    code: 'data/time-range',
    message: /pass timeUnit: 's'/,
  },
  {
    title: 'an empty id',
    file: 'id,ds,y\n,2020-01-01,1\n',
    options: { id: 'id' },
    code: 'data/empty-key',
    message: /line 2, column 'id': empty id/,
    line: 2,
    bothEngines: true,
  },
  {
    title: 'an empty time',
    file: 'ds,y\n2020-01-01,1\n,2\n',
    code: 'data/empty-key',
    message: /line 3, column 'ds': empty ds/,
    line: 3,
    bothEngines: true,
  },
  {
    title: 'a repeated time',
    file: 'id,ds,y\na,2020-01-01,1\na,2020-01-01,2\n',
    options: { id: 'id' },
    code: 'data/duplicate-time',
    message: /series 'a', 2020-01-01 \(line 2\) and \(line 3\) \(1 in all\); pass duplicates/,
    line: 3,
    bothEngines: true,
  },
  {
    title: 'several series without id',
    file: 'sym,ds,y\na,2020-01-01,1\nb,2020-01-01,2\n',
    options: { target: 'y' },
    code: 'data/duplicate-time',
    message: /name the column of their ids with id/,
    bothEngines: true,
  },
  {
    title: 'an unsorted file when told to refuse it',
    file: 'ds,y\n2020-01-02,1\n2020-01-01,2\n',
    options: { unsorted: 'error' },
    code: 'data/unsorted',
    message: /\(line 3\) is earlier than the row before it/,
    bothEngines: true,
  },
  {
    title: 'a gap',
    file: 'id,ds,y\na,2020-01-04,1\na,2020-01-05,1\na,2020-01-09,1\na,2020-01-10,1\n',
    options: { id: 'id' },
    code: 'data/gap',
    message:
      /line 4: series 'a': 3 missing time steps between 2020-01-05 and 2020-01-09 \(frequency day\); 1 gap in 1 of 1 series; pass gaps/,
    line: 4,
    bothEngines: true,
  },
  {
    title: 'an irregular time to be filled',
    file: 'ds,y\n2020-01-01T00:00,1\n2020-01-01T01:00,2\n2020-01-01T02:00,2\n2020-01-01T03:17,3\n',
    options: { gaps: 'forward' },
    code: 'data/frequency',
    message: /line 5.*not a multiple of hour/,
    bothEngines: true,
  },
  {
    title: 'series of different frequencies',
    file: 'id,ds,y\na,2020-01-01,1\na,2020-01-02,1\nb,2020-01-01T00:00,1\nb,2020-01-01T01:00,1\n',
    options: { id: 'id' },
    code: 'data/frequency',
    message: /different frequencies: day \(1\), hour \(1\)/,
    bothEngines: true,
  },
  {
    title: 'one row',
    file: 'ds,y\n2020-01-01,1\n',
    code: 'data/frequency',
    message: /no series has two rows/,
    bothEngines: true,
  },
  {
    title: 'a missing value',
    file: days(''),
    code: 'data/missing-value',
    message: /column 'y', series 'y', 2020-01-02 \(line 3\): no value \(1 missing in 1 of 1 series\); pass missing/,
    line: 3,
    column: 'y',
    bothEngines: true,
  },
  {
    title: 'a missing covariate',
    file: 'ds,y,x\n2020-01-01,1,1\n2020-01-02,2,NA\n',
    options: { target: 'y', historic: ['x'] },
    code: 'data/missing-value',
    message: /column 'x'.*line 3/,
    bothEngines: true,
  },
  {
    title: 'a static covariate that changes',
    file: 'ds,y,s\n2020-01-01,1,1\n2020-01-02,2,2\n',
    options: { target: 'y', static: ['s'] },
    code: 'data/static-varies',
    message: /static covariate 's' changes within series 'y' \(line 3\)/,
    bothEngines: true,
  },
  {
    title: 'too many categories',
    file: `ds,y,c\n${Array.from({ length: 51 }, (_, k) => `2020-01-01T00:${String(k).padStart(2, '0')},${k},c${k}`).join('\n')}\n`,
    options: { target: 'y', historic: ['c'] },
    code: 'data/too-many-categories',
    message: /covariate 'c' has 51 different texts, at most 50/,
    bothEngines: true,
  },
  {
    title: 'an unknown option',
    file: days('2'),
    options: { gap: 'mask' } as never,
    code: 'data/bad-option',
    message: /unknown option 'gap'; did you mean 'gaps'\?/,
    bothEngines: true,
  },
  {
    title: 'a wrong choice',
    file: days('2'),
    options: { gaps: 'fill' } as never,
    code: 'data/bad-option',
    message: /gaps must be one of 'auto', .* found 'fill'/,
    bothEngines: true,
  },
  {
    title: 'an unknown zone',
    file: days('2'),
    options: { timezone: 'Mars/Olympus' },
    code: 'data/bad-option',
    message: /IANA name.*found 'Mars\/Olympus'/,
    bothEngines: true,
  },
  {
    title: 'an unknown frequency',
    file: days('2'),
    options: { frequency: 'fortnight' },
    code: 'data/bad-option',
    message: /'fortnight' is not a frequency/,
    bothEngines: true,
  },
];

describe('readCsv refuses', () => {
  it.each(cases)('$title', async ({ file, options, code, message, line, column, count }) => {
    const error = await errorOf(() =>
      readCsv(typeof file === 'string' ? bytes(file) : file, { name: 'f.csv', ...options }),
    );
    expect(error.message).toMatch(message);
    expect(error.code).toBe(code);
    if (line !== undefined) expect(error.details.line).toBe(line);
    if (column !== undefined) expect(error.details.column).toBe(column);
    if (count !== undefined) expect(error.details.count).toBe(count);
  });
});

describe('readSql refuses the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nt-data-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(cases.filter((one) => one.bothEngines))('$title', async ({ title, file, options = {}, code }) => {
    const path = join(folder, `${title.replaceAll(/\W/g, '-')}.csv`);
    writeFileSync(path, file);
    const error = await errorOf(() =>
      readSql(`SELECT * FROM read_csv('${path}', all_varchar = true, header = true, delim = ',', quote = '"')`, {
        name: 'f.csv',
        ...options,
      }),
    );
    expect(error.code).toBe(code);
  });
});
