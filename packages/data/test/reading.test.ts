import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import {
  addStatic,
  type CsvOptions,
  type DataErrorCode,
  forecastWindows,
  readCsv,
  readJson,
  readRows,
  readTsf,
  renderReport,
  seriesFromArrays,
  timeAt,
} from '../src/index.ts';
import { readTable } from '../src/node/index.ts';
import { bytes, dailyCsv, errorOf } from './support/bytes.ts';

const read = (text: string, options: CsvOptions = {}) => readCsv(bytes(text), { name: 'f.csv', ...options });

describe('times', () => {
  const timesOf = async (cells: readonly string[], options: CsvOptions = {}) => {
    const set = await read(`ds,y\n${cells.map((cell, step) => `${cell},${step}`).join('\n')}\n`, {
      gaps: 'rowOrder',
      ...options,
    });
    return cells.map((_, step) => timeAt(set, 0, step));
  };

  it.each([
    ['dates', ['2020-01-31', '2020-02-01'], Date.UTC(2020, 0, 31)],
    ['months', ['2020-02', '2020-03'], Date.UTC(2020, 1, 1)],
    ['years', ['1969', '1970'], Date.UTC(1969, 0, 1)],
    ['dates of eight digits', ['20200131', '20200201'], Date.UTC(2020, 0, 31)],
    ['slashes behind the year', ['2020/01/31', '2020/02/01'], Date.UTC(2020, 0, 31)],
    ['minutes', ['2020-01-31 10:30', '2020-01-31 10:31'], Date.UTC(2020, 0, 31, 10, 30)],
    ['offsets', ['2020-01-31T10:30:00+02:00', '2020-01-31T10:31:00+02:00'], Date.UTC(2020, 0, 31, 8, 30)],
    ['a far past', ['0001-01-01', '0001-01-02'], Date.parse('0001-01-01')],
    ['seconds', ['1580466600', '1580466660'], 1580466600000],
    ['milliseconds', ['1580466600000', '1580466660000'], 1580466600000],
    ['microseconds', ['1580466600000123', '1580466600000124'], 1580466600000.123],
    ['nanoseconds', ['1580466600000123000', '1580466600000124000'], 1580466600000.123],
    ['fractions of seconds', ['1580466600.123456', '1580466601.123456'], 1580466600123.456],
    ['ISO microseconds', ['2020-01-31T10:30:00.000123Z', '2020-01-31T10:30:00.000124Z'], 1580466600000.123],
    ['midnight as 24:00', ['2020-01-31T24:00', '2020-02-01T01:00'], Date.UTC(2020, 1, 1)],
  ])('reads %s', async (_, cells, first) => {
    const times = await timesOf(cells);
    expect(times[0]).toBe(first);
    expect(times[1]).toBeGreaterThan(first);
  });

  it('keeps microseconds apart and finds their frequency', async () => {
    const set = await read(
      'ds,y\n2020-01-01T00:00:00.000001,1\n2020-01-01T00:00:00.000002,2\n2020-01-01T00:00:00.000003,3\n',
    );
    expect(set.frequency).toEqual({ unit: 'microsecond', count: 1 });
    expect(set.times).toBeNull();
  });

  it('says when digits beyond the microsecond are dropped', async () => {
    const set = await read('ds,y\n2020-01-01T00:00:00.000000001,1\n2020-01-01T00:00:01.000000000,2\n', {
      gaps: 'rowOrder',
    });
    expect(set.report.notices.join()).toMatch(/digits beyond the microsecond/);
  });

  it('reads a told format', async () => {
    expect(await timesOf(['31.01.2020 01:30 PM', '01.02.2020 01:30 PM'], { timeFormat: '%d.%m.%Y %I:%M %p' })).toEqual([
      Date.UTC(2020, 0, 31, 13, 30),
      Date.UTC(2020, 1, 1, 13, 30),
    ]);
  });

  it('reads local times as instants across both clock changes, and names the fold', async () => {
    const autumn = await read(
      'ds,y\n2021-10-31T01:00,0\n2021-10-31T02:00,1\n2021-10-31T02:00,2\n2021-10-31T03:00,3\n',
      { timezone: 'Europe/Berlin' },
    );
    expect([0, 1, 2, 3].map((step) => timeAt(autumn, 0, step) - Date.UTC(2021, 9, 30, 23))).toEqual(
      [0, 1, 2, 3].map((hour) => hour * 3_600_000),
    );
    expect(autumn.report.notices.join()).toMatch(/2021-10-31 02:00 occurs twice in Europe\/Berlin/);
    const spring = await read('ds,y\n2021-03-28T01:00,0\n2021-03-28T03:00,1\n2021-03-28T04:00,1\n', {
      timezone: 'Europe/Berlin',
    });
    expect(spring.report.gaps).toBeNull();
  });
});

describe('policies', () => {
  const gap = 'ds,y\n2020-01-01,1\n2020-01-02,2\n2020-01-05,5\n2020-01-06,6\n';

  it.each([
    ['forward', [1, 2, 2, 2, 5, 6], null],
    ['linear', [1, 2, 3, 4, 5, 6], null],
    ['zero', [1, 2, 0, 0, 5, 6], null],
    ['mask', [1, 2, Number.NaN, Number.NaN, 5, 6], [1, 1, 0, 0, 1, 1]],
    ['rowOrder', [1, 2, 5, 6], null],
  ] as const)('gaps: %s', async (gaps, values, available) => {
    const set = await read(gap, { gaps });
    expect([...set.values]).toEqual(values);
    expect(set.available && [...set.available]).toEqual(available);
    expect(set.report.gaps).toMatchObject({ count: 2, series: 1 });
    expect(set.times === null).toBe(gaps !== 'rowOrder');
  });

  it('takes weekends and holidays for what they are, with a notice, and other gaps not', async () => {
    const weekdays = Array.from({ length: 40 }, (_, step) => new Date(Date.UTC(2020, 0, 1 + step))).filter(
      (date) => date.getUTCDay() % 6 !== 0,
    );
    const csv = (dates: readonly Date[]) =>
      `ds,y\n${dates.map((date, step) => `${date.toISOString().slice(0, 10)},${step}`).join('\n')}\n`;
    const whole = await read(csv(weekdays));
    expect([whole.frequency.unit, whole.report.gaps, whole.times]).toEqual(['business-day', null, null]);
    const holiday = await read(csv(weekdays.filter((_, index) => index !== 12)));
    expect(holiday.report.gaps?.action).toMatch(/weekends or holidays; order of rows kept/);
    expect(holiday.times).not.toBeNull();
    const error = await errorOf(() => read(csv(weekdays.filter((_, index) => index < 10 || index > 18))));
    expect(error.code).toBe('data/gap' satisfies DataErrorCode);
  });

  it('takes the weekend of an hourly market as a weekend', async () => {
    const hours = Array.from(
      { length: 24 * 14 },
      (_, hour) => new Date(Date.UTC(2020, 0, 6) + hour * 3_600_000),
    ).filter((time) => time.getUTCDay() % 6 !== 0);
    const set = await read(
      `ds,y\n${hours.map((time, step) => `${time.toISOString().slice(0, 16)},${step}`).join('\n')}\n`,
    );
    expect(set.report.gaps).toMatchObject({ count: 48, series: 1 });
  });

  it.each([
    ['forward', [1, 1, 3], null],
    ['linear', [1, 2, 3], null],
    ['zero', [1, 0, 3], null],
    ['mask', [1, Number.NaN, 3], [1, 0, 1]],
  ] as const)('missing: %s', async (missing, values, available) => {
    const set = await read(dailyCsv([1, '', 3]), { missing });
    expect([...set.values]).toEqual(values);
    expect(set.available && [...set.available]).toEqual(available);
  });

  it('missing: drop leaves the row out', async () => {
    const set = await read(dailyCsv([1, '', 3, 4]), { missing: 'drop', gaps: 'rowOrder' });
    expect([...set.values]).toEqual([1, 3, 4]);
    expect(set.report.missing).toMatchObject({ count: 1, action: 'rows left out' });
  });

  it('leaves cells before the first value unavailable, since forward has nothing to go on', async () => {
    const set = await read(dailyCsv(['', 2, '']), { missing: 'forward' });
    expect([...set.values]).toEqual([Number.NaN, 2, 2]);
    expect([...set.available!]).toEqual([0, 1, 1]);
  });

  it.each([
    ['last', [1, 3, 4]],
    ['first', [1, 2, 4]],
    ['mean', [1, 2.5, 4]],
  ] as const)('duplicates: %s', async (duplicates, values) => {
    const set = await read('ds,y\n2020-01-01,1\n2020-01-02,2\n2020-01-02,3\n2020-01-03,4\n', { duplicates });
    expect([...set.values]).toEqual(values);
    expect(set.report.duplicates).toMatchObject({ count: 1 });
  });

  it('sorts rows that are out of order or interleaved, and says so', async () => {
    const set = await read(
      'id,ds,y\nb,2020-01-03,3\na,2020-01-01,7\nb,2020-01-01,1\na,2020-01-02,8\nb,2020-01-02,2\n',
      { id: 'id' },
    );
    expect([set.ids, [...set.values]]).toEqual([
      ['b', 'a'],
      [1, 2, 3, 7, 8],
    ]);
    expect(set.report.unsorted).toMatchObject({ series: 1, action: 'sorted by time' });
  });

  it('nonFinite: mask makes infinities unavailable', async () => {
    const set = await read(dailyCsv([1, 'inf', 3]), { nonFinite: 'mask' });
    expect([...set.available!]).toEqual([1, 0, 1]);
  });

  it('badRows: reject leaves rows out and lists them; nothing is lost unseen', async () => {
    const set = await read('ds,y\n2020-01-01,1\n2020-01-02,abc\n2020-01-03\n2020-01-02,2\n', { badRows: 'reject' });
    expect([...set.values]).toEqual([1, 2]);
    expect([set.report.rowsRead, set.report.rowsRejected]).toEqual([4, 2]);
    expect(set.report.rejected.map((fault) => fault.line)).toEqual([3, 4]);
  });

  it('reports constant series and whole numbers that float64 cannot hold', async () => {
    const set = await read(dailyCsv(['9007199254740993', '9007199254740993']));
    expect(set.report.constant).toMatchObject({ count: 1 });
    expect(renderReport(set.report).join('\n')).toMatch(/line 2: a whole number beyond 2\^53/);
  });
});

describe('the form of a file', () => {
  it('accepts mixed line ends, blank lines, quoted line ends, and counts physical lines', async () => {
    const text = 'note,ds,y\r\n"two\nlines",2020-01-01,1\n\nx,2020-01-02,2\r\n\r\nx,2020-01-03,bad\n';
    const error = await errorOf(() => read(text, { target: 'y' }));
    expect(error.details).toMatchObject({ line: 7, value: 'bad' });
  });

  it.each([';', '\t', '|'] as const)('finds the delimiter %j', async (delimiter) => {
    const set = await read(`ds,y\n2020-01-01,1\n2020-01-02,2\n`.replaceAll(',', delimiter));
    expect([...set.values]).toEqual([1, 2]);
  });

  it('reads a decimal comma when told', async () => {
    const set = await read('ds;y\n2020-01-01;1,5\n2020-01-02;-0,25\n', { decimal: ',' });
    expect([...set.values]).toEqual([1.5, -0.25]);
  });

  it('reads other words for a missing value', async () => {
    const set = await read(dailyCsv([1, '?', 3]), { missing: 'mask', nullValues: ['?'] });
    expect([...set.available!]).toEqual([1, 0, 1]);
  });

  it('gives the same set whatever the size of the chunks', async () => {
    const text = bytes(
      'id,ds,y\n"a,1",2020-01-01,1.5\n"say ""hi""",2020-01-01,2\n"a,1",2020-01-02,1e-3\n"say ""hi""",2020-01-02,4\n',
    );
    const whole = await readCsv(text, { id: 'id' });
    expect(whole.ids).toEqual(['a,1', 'say "hi"']);
    for (let size = 1; size < text.length; size += 3) {
      async function* pieces() {
        for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
      }
      const set = await readCsv(pieces(), { id: 'id' });
      expect([set.ids, set.values]).toEqual([whole.ids, whole.values]);
    }
  });

  it('reads a Blob, a stream, a Response and a buffer alike', async () => {
    const data = bytes(dailyCsv([1, 2, 3]));
    const blob = new Blob([data as never]);
    for (const source of [
      blob,
      blob.stream() as never,
      new Response(data as never),
      data.slice().buffer as ArrayBuffer,
    ]) {
      expect([...(await readCsv(source)).values]).toEqual([1, 2, 3]);
    }
  });

  it('names the option of the source when it is a path', async () => {
    expect((await errorOf(() => readCsv('prices.csv' as never))).message).toMatch(/for a path use readTable/);
  });

  it('decompresses gzip by its first bytes and names damage', async () => {
    const packed = gzipSync(dailyCsv([1, 2, 3]));
    expect([...(await readCsv(packed)).values]).toEqual([1, 2, 3]);
    expect((await errorOf(() => readCsv(packed.subarray(0, 30)))).code).toBe('data/corrupt-file');
  });
});

describe('layouts and roles', () => {
  it('makes a series of every column of a wide file, which share their times', async () => {
    const set = await read('date,a,b\n2020-01-01,1,10\n2020-01-02,2,20\n', { layout: 'wide' });
    expect([set.ids, [...set.values], [...set.contextOffsets]]).toEqual([
      ['a', 'b'],
      [1, 2, 10, 20],
      [0, 0],
    ]);
  });

  it('names series by id and target when there are several of both', async () => {
    const set = await read('s,date,a,b\nx,2020-01-01,1,10\nx,2020-01-02,2,20\n', { id: 's', target: ['a', 'b'] });
    expect([set.ids, [...set.values]]).toEqual([
      ['x/a', 'x/b'],
      [1, 2, 10, 20],
    ]);
  });

  it('keeps rows behind the last target for covariates known ahead', async () => {
    const set = await read('ds,y,x\n2020-01-01,1,5\n2020-01-02,2,6\n2020-01-03,,7\n', { target: 'y', future: ['x'] });
    expect([[...set.lengths], [...set.future!.values], set.report.futureRows]).toEqual([[2], [5, 6, 7], 1]);
    expect(forecastWindows(set, { inputSize: 1, horizon: 1 }).count).toBe(1);
    expect((await errorOf(() => forecastWindows(set, { inputSize: 1, horizon: 2 }))).message).toMatch(
      /lacks 1 of 2 steps, first 2020-01-04/,
    );
  });

  it('turns texts into one column per level and one for the unseen', async () => {
    const csv = (levels: readonly string[]) =>
      `ds,y,w\n${levels.map((level, step) => `2020-01-0${step + 1},${step},${level}`).join('\n')}\n`;
    const train = await read(csv(['sun', 'rain']), { target: 'y', historic: ['w'] });
    expect(train.historic!.names).toEqual(['w=rain', 'w=sun', 'w=(unseen)']);
    const later = await read(csv(['snow', 'sun']), { target: 'y', historic: ['w'], levels: train.historic!.levels });
    expect([...later.historic!.values]).toEqual([0, 0, 1, 0, 1, 0]);
  });

  it('joins static rows by id', async () => {
    const set = seriesFromArrays([
      { id: 'a', values: [1, 2] },
      { id: 'b', values: [3, 4] },
    ]);
    const joined = addStatic(
      set,
      [
        { id: 'b', size: 2, kind: 'x' },
        { id: 'a', size: 1, kind: 'y' },
      ],
      { id: 'id' },
    );
    expect([joined.static!.names, [...joined.static!.values]]).toEqual([
      ['size', 'kind=x', 'kind=y', 'kind=(unseen)'],
      [1, 0, 1, 0, 2, 1, 0, 0],
    ]);
    expect((await errorOf(() => addStatic(set, [{ id: 'a', size: 1 }], { id: 'id' }))).message).toMatch(
      /no row for series 'b'/,
    );
  });

  it('reads the order of rows when there is no time column', async () => {
    const set = await read('y\n1\n2\n3\n', { time: false });
    expect([set.frequency.unit, timeAt(set, 0, 2)]).toEqual(['row', 2]);
  });
});

describe('other formats', () => {
  it('reads row objects as the same CSV', async () => {
    const rows = [
      { id: '001', ds: new Date('2020-01-01'), y: 1 },
      { id: '001', ds: new Date('2020-01-02'), y: '2.5' },
    ];
    const set = await readRows(rows, { id: 'id' });
    expect([set.ids, [...set.values], set.starts[0]]).toEqual([['001'], [1, 2.5], Date.UTC(2020, 0, 1)]);
    expect(
      (await errorOf(() => readRows([...rows, { id: 'x', ds: 'soon', y: 1 }], { id: 'id' }))).details,
    ).toMatchObject({ row: 3, column: 'ds', value: 'soon' });
  });

  it('reads JSON and JSON Lines, and names the line that is neither', async () => {
    const rows = [
      { ds: '2020-01-01', y: 1 },
      { ds: '2020-01-02', y: null },
    ];
    const array = await readJson(bytes(JSON.stringify(rows)), { missing: 'mask' });
    const lines = await readJson(bytes(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`), { missing: 'mask' });
    expect([array.values, array.available]).toEqual([lines.values, lines.available]);
    expect((await errorOf(() => readJson(bytes('{"a":1}\n{"a":')))).details.line).toBe(2);
  });

  const tsf =
    '# caf\u00e9\n@relation x\n@attribute series_name string\n@attribute start_timestamp date\n@frequency hourly\n@horizon 2\n@data\nT1:2020-01-01 12-00-00:1,2,3\nT2:2020-01-01 13-00-00:4,?,6\n';

  it('reads tsf, whose missing values are question marks', async () => {
    const set = await readTsf(bytes(tsf), { missing: 'mask' });
    expect([set.ids, [...set.values], [...set.available!]]).toEqual([
      ['T1', 'T2'],
      [1, 2, 3, 4, Number.NaN, 6],
      [1, 1, 1, 1, 0, 1],
    ]);
    expect([set.frequency.unit, set.starts[1]]).toEqual(['hour', Date.UTC(2020, 0, 1, 13)]);
    expect(set.report.notices).toContain('the file names a horizon of 2');
  });

  it('names the line of a fault in tsf', async () => {
    expect((await errorOf(() => readTsf(bytes(tsf.replace('4,?', '4,x')), { missing: 'mask' }))).details).toMatchObject(
      { line: 9, value: 'x' },
    );
    expect((await errorOf(() => readTsf(bytes(tsf.replace('T2', 'T1'))))).code).toBe('data/duplicate-series');
    expect((await errorOf(() => readTsf(bytes('hello')))).code).toBe('data/corrupt-file');
  });
});

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
    ['prices/', 'data/unknown-format', /no extension/],
    ['table.xlsx', 'data/unknown-format', /'\.xlsx' is not known; the formats are \.csv/],
  ])('refuses %s', async (name, code, message) => {
    const error = await errorOf(() => readTable(join(folder, name)));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it('refuses options of CSV for other formats', async () => {
    writeFileSync(join(folder, 'a.json'), '[]');
    expect((await errorOf(() => readTable(join(folder, 'a.json'), { delimiter: ';' }))).message).toMatch(
      /delimiter is an option for CSV/,
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
