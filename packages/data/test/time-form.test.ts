import { describe, expect, it } from 'vitest';
import {
  addCalendar,
  advanceByRule,
  type CsvOptions,
  formatTime,
  type JsonValue,
  parseFrequency,
  readRows,
  sameFrequency,
  timeAt,
  writeTime,
} from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { datesBetween, isoDay, timesCsv } from './support/dates.ts';
import { readText } from './support/read-text.ts';

const nextTimes = async (times: readonly string[], count: number, options: CsvOptions = {}) => {
  const set = await readText(timesCsv(times), options);
  return Array.from({ length: count }, (_, k) => writeTime(set, timeAt(set, 0, set.lengths[0]! + k)));
};

describe('times are written as the file writes them', () => {
  it.each<[string, string[], string[], CsvOptions?]>([
    ['years', ['1997', '1998', '1999'], ['2000', '2001']],
    ['months', ['2024-05', '2024-06', '2024-07'], ['2024-08', '2024-09']],
    ['month starts as dates', ['2024-05-01', '2024-06-01', '2024-07-01'], ['2024-08-01', '2024-09-01']],
    ['eight digits', ['20240101', '20240102', '20240103'], ['20240104']],
    ['slashes', ['2024/01/01', '2024/01/02', '2024/01/03'], ['2024/01/04']],
    ['a blank', ['2024-01-01 22:00', '2024-01-01 23:00'], ['2024-01-02 00:00', '2024-01-02 01:00']],
    ['a T and seconds', ['2024-01-01T22:00:00', '2024-01-01T23:00:00'], ['2024-01-02T00:00:00']],
    ['milliseconds', ['2024-01-01T22:00:00.000', '2024-01-01T22:00:00.250'], ['2024-01-01T22:00:00.500']],
    ['microseconds', ['2024-01-01 22:00:00.000000', '2024-01-01 22:00:00.000250'], ['2024-01-01 22:00:00.000500']],
    ['Z', ['2024-01-01T22:00Z', '2024-01-01T23:00Z'], ['2024-01-02T00:00Z']],
    ['UTC', ['2024-01-01 22:00 UTC', '2024-01-01 23:00 UTC'], ['2024-01-02 00:00 UTC']],
    ['+00:00', ['2024-01-01T22:00+00:00', '2024-01-01T23:00+00:00'], ['2024-01-02T00:00+00:00']],
    ['+00', ['2024-01-01 22:00+00', '2024-01-01 23:00+00'], ['2024-01-02 00:00+00']],
    ['+0530', ['2024-01-01T22:00+0530', '2024-01-01T23:00+0530'], ['2024-01-02T00:00+0530']],
    ['-03:00', ['2024-01-01T22:00:00-03:00', '2024-01-01T23:00:00-03:00'], ['2024-01-02T00:00:00-03:00']],
    ['dates with an offset', ['2024-01-30T00:00+02:00', '2024-01-31T00:00+02:00'], ['2024-02-01T00:00+02:00']],
    [
      'a told format',
      ['30/01/2024 11:00 PM', '31/01/2024 11:00 PM'],
      ['01/02/2024 11:00 PM'],
      { timeFormat: '%d/%m/%Y %I:%M %p' },
    ],
    ['a told format of months', ['Nov 24', 'Dec 24', 'Jan 25'], ['Feb 25'], { timeFormat: '%b %y' }],
    [
      'midnight without its clock',
      ['2024-01-01', '2024-01-01 12:00', '2024-01-02'],
      ['2024-01-02 12:00', '2024-01-03 00:00'],
    ],
    ['Z and +00:00 mixed', ['2024-01-01T22:00Z', '2024-01-01T23:00Z', '2024-01-02T00:00+00:00'], ['2024-01-02T01:00Z']],
  ])('%s', async (_, times, next, options) => {
    expect(await nextTimes(times, next.length, options)).toEqual(next);
  });

  it('numbers since 1970 and typed cells as ISO 8601, with Z where a clock is shown', async () => {
    expect(await nextTimes(['1704067200', '1704070800'], 1)).toEqual(['2024-01-01 02:00Z']);
    expect(await nextTimes(['1704067200000', '1704153600000'], 1)).toEqual(['2024-01-03']);
    const rows = [0, 1, 2].map((k) => ({ ds: new Date(Date.UTC(2024, 0, 1, k)), y: k }));
    const set = await readRows(rows);
    expect(writeTime(set, timeAt(set, 0, 3))).toBe('2024-01-01 03:00Z');
  });

  it('rows without times by their number', async () => {
    const set = await readText('y\n1\n2\n', { time: false, target: 'y' });
    expect(writeTime(set, timeAt(set, 0, 2))).toBe('row 3');
  });

  it('loses nothing that its format has no place for', async () => {
    expect(await nextTimes(['2024', '2024-02', '2024-03'], 1)).toEqual(['2024-04']);
    expect(
      await nextTimes(['2024-01-01', '2024-01-02', '2024-01-03'], 2, { frequency: '6 hours', gaps: 'rowOrder' }),
    ).toEqual(['2024-01-03 06:00', '2024-01-03 12:00']);
  });
});

describe('a told format is written as the file writes it', () => {
  it.each<[format: string, texts: readonly string[]]>([
    ['%d/%m/%Y %H:%M%z', ['30/01/2024 22:00+02:00', '30/01/2024 23:00+02:00', '31/01/2024 00:00+02:00']],
    ['%d/%m/%Y %H:%M %z', ['30/01/2024 22:00 +0530', '30/01/2024 23:00 +0530', '31/01/2024 00:00 +0530']],
    ['%d/%m/%Y %H:%M%z', ['30/01/2024 22:00Z', '30/01/2024 23:00Z', '31/01/2024 00:00Z']],
    ['%d/%m/%Y %H:%M %z', ['30/01/2024 22:00 UTC', '30/01/2024 23:00 UTC', '31/01/2024 00:00 UTC']],
    ['%d.%m.%Y %H:%M:%S.%f', ['30.01.2024 10:00:00.000', '30.01.2024 10:00:00.250', '30.01.2024 10:00:00.500']],
    ['%d.%m.%Y %H:%M:%S.%f', ['30.01.2024 10:00:00.0', '30.01.2024 10:00:00.5', '30.01.2024 10:00:01.0']],
    [
      '%d.%m.%Y %H:%M:%S,%f',
      ['30.01.2024 10:00:00,000000', '30.01.2024 10:00:00,000250', '30.01.2024 10:00:00,000500'],
    ],
    ['%d-%b-%y', ['30-JAN-24', '31-JAN-24', '01-FEB-24']],
    ['%e %b %y', ['8 jan 24', '9 jan 24', '10 jan 24']],
    ['%m/%d/%Y %I:%M %p', ['1/30/2024 10:00 pm', '1/30/2024 11:00 pm', '1/31/2024 12:00 am']],
    ['%m/%d/%Y %I:%M %p', ['01/30/2024 10:00 p.m.', '01/30/2024 11:00 p.m.', '01/31/2024 12:00 a.m.']],
    ['%d/%m/%Y %Hh%M', ['30/01/2024 22h00', '30/01/2024 23h00', '31/01/2024 00h00']],
  ])('%s', async (timeFormat, texts) => {
    const rows = texts.slice(0, 2).map((text) => `"${text}";1`);
    const set = await readText(`ds;y\n${rows.join('\n')}\n`, { timeFormat });
    expect(texts.map((_, row) => writeTime(set, timeAt(set, 0, row)))).toEqual(texts);
  });

  it.each([
    ['FEB 1, 2024', 'FEB 2, 2024'],
    ['2024-01-31 10:00 pm', '2024-01-31 11:00 pm'],
    ['2024-01-31 10:00:00.5', '2024-01-31 10:00:01.0'],
  ])('so is a form that is found: %s', async (...texts) => {
    const set = await readText(`ds;y\n${texts.map((text) => `${text};1`).join('\n')}\n`);
    expect(texts.map((_, row) => writeTime(set, timeAt(set, 0, row)))).toEqual(texts);
  });

  it('of a period only the begin is read: a part that stands twice would count from its end', async () => {
    const csv = timesCsv(['30.01.2024 22:00 - 30.01.2024 23:00', '30.01.2024 23:00 - 31.01.2024 00:00']);
    const told = await errorOf(() => readText(csv, { timeFormat: '%d.%m.%Y %H:%M - %d.%m.%Y %H:%M' }));
    expect(told.message).toMatch(/with %d once; of a period, only its begin/);
    const untold = await errorOf(() => readText(csv, { time: 'ds' }));
    expect(untold.remedies[0]).toEqual({ option: 'timeFormat', values: ['%d.%m.%Y %H:%M'] });
    const set = await readText(csv, { timeFormat: '%d.%m.%Y %H:%M' });
    expect(writeTime(set, timeAt(set, 0, 1))).toBe('30.01.2024 23:00');
    expect(set.report.notices).toContain("column 'ds' holds periods, read as the time at which they begin");
  });
});

describe('days of a zone', () => {
  const berlin = datesBetween('2023-09-01', '2024-04-10').map((date) => {
    const isWinter = date >= new Date('2023-10-30') && date <= new Date('2024-03-31');
    return `${isoDay(date)}T00:00:00+0${isWinter ? 1 : 2}:00`;
  });
  const months = [
    '2023-09',
    '2023-10',
    '2023-11',
    '2023-12',
    '2024-01',
    '2024-02',
    '2024-03',
    '2024-04',
    '2024-05',
  ].map((month, k) => `${month}-01T00:00:00+0${k >= 2 && k <= 6 ? 1 : 2}:00`);

  it('are found from offsets that vary with its clock changes, and go on over the next one', async () => {
    const set = await readText(timesCsv(berlin.slice(0, 190)));
    expect([set.report.frequency, set.times, set.timeForm.zone]).toEqual(['day', null, 'Europe/Berlin']);
    expect(berlin.map((_, step) => writeTime(set, timeAt(set, 0, step)))).toEqual(berlin);
    expect(await nextTimes(months.slice(0, 6), 3)).toEqual(months.slice(6));
  });

  it('may be told; instants are not moved by it', async () => {
    const told = await readText(timesCsv(berlin), { timezone: 'Europe/Madrid' });
    expect([timeAt(told, 0, 0), told.timeForm.zone]).toEqual([Date.UTC(2023, 7, 31, 22), 'Europe/Madrid']);
    const utc = berlin.map((text) => new Date(text).toISOString());
    const set = await readText(timesCsv(utc), { timezone: 'Europe/Berlin' });
    expect(writeTime(set, timeAt(set, 0, berlin.length))).toBe('2024-04-11T00:00:00.000+02:00');
  });

  it('a gap is told in local times, and filled at local midnight', async () => {
    const holed = berlin.filter((_, k) => k !== 57 && k !== 58 && k !== 59);
    const error = await errorOf(() => readText(timesCsv(holed)));
    expect(error.message).toMatch(/between 2023-10-27T00:00:00\+02:00 and 2023-10-31T00:00:00\+01:00/);
    const set = await readText(timesCsv(holed), { gaps: 'linear' });
    expect(berlin.map((_, step) => writeTime(set, timeAt(set, 0, step)))).toEqual(berlin);
  });

  it('of hours: a local clock that is read in its zone writes each hour, also that which occurs twice', async () => {
    const local = ['2023-10-29 00:00', '2023-10-29 01:00', '2023-10-29 02:00', '2023-10-29 02:00', '2023-10-29 03:00'];
    const set = await readText(timesCsv(local), { timezone: 'Europe/Berlin' });
    expect(local.map((_, step) => writeTime(set, timeAt(set, 0, step)))).toEqual(local);
    expect(set.times).toBeNull();
  });

  it('a midnight that clocks skip is the first instant of its day', () => {
    // Santiago, 2023-09-03: clocks went from 24:00 of Saturday to 01:00.
    const rule = { frequency: { unit: 'day', count: 1 }, zone: 'America/Santiago' } as const;
    const saturday = Date.parse('2023-09-02T00:00:00-04:00');
    expect(advanceByRule(saturday, rule, 1)).toBe(Date.parse('2023-09-03T01:00:00-03:00'));
    expect(advanceByRule(saturday, rule, 2)).toBe(Date.parse('2023-09-04T00:00:00-03:00'));
  });

  it('offsets of no zone are told, with a remedy', async () => {
    const odd = ['2024-01-01T00:00+01:17', '2024-01-02T00:00+02:23', '2024-01-03T00:00+01:17'];
    const set = await readText(timesCsv(odd), { gaps: 'rowOrder' });
    expect(set.report.notices.join()).toMatch(/offsets, which are those of no zone.*timezone: 'Europe\/Berlin'/);
  });
});

it('the reading of a set is JSON, and reads a later file into the same columns', async () => {
  const csv = (levels: readonly string[]) =>
    `shop,ds,sales,sky,price\n${levels.map((level, k) => `a,2024-01-${String(k + 1).padStart(2, '0')},${k},${level},1`).join('\n')}\n`;
  const set = await readText(csv(['sun', 'rain', 'snow', 'sun', 'rain']), {
    id: 'shop',
    target: 'sales',
    historic: ['price'],
    future: ['sky'],
    missing: 'linear',
  });
  const reading = JSON.parse(JSON.stringify(set.reading)) as CsvOptions & JsonValue;
  expect(reading).toEqual({
    time: 'ds',
    target: 'sales',
    id: 'shop',
    historic: ['price'],
    future: ['sky'],
    static: [],
    missing: 'linear',
    levels: { sky: ['rain', 'snow', 'sun'] },
  });
  const later = await readText(csv(['sun', 'hail', 'sun', 'rain', 'rain']), reading);
  expect(later.future?.names).toEqual(set.future?.names);
  expect([...later.future!.values.subarray(4, 8)]).toEqual([0, 0, 0, 1]);
});

it.each([
  ['60 minutes', 'hour', true],
  ['24 hours', 'day', true],
  ['7 days', 'week', true],
  ['3 months', 'quarter', true],
  ['12 months', 'year', true],
  ['15 minutes', 'hour', false],
  ['business-day', 'day', false],
  ['30 days', 'month', false],
  ['row', 'day', false],
])('%s and %s are the same frequency: %s', (one, two, isSame) => {
  expect(sameFrequency(parseFrequency(one), parseFrequency(two))).toBe(isSame);
});

it.each([
  [0, 'hour', '1970-01-01 00:00'],
  [0, 'day', '1970-01-01'],
  [0, 'month', '1970-01'],
  [86_400_000, 'month', '1970-01-02'],
  [0, 'year', '1970'],
  [31 * 86_400_000, 'year', '1970-02'],
  [0, 'row', 'row 1'],
])('formatTime writes %d of %s as %s', (time, frequency, text) => {
  expect(formatTime(time, parseFrequency(frequency))).toBe(text);
});

it('calendar features are those of the local day and hour', async () => {
  const set = await readText(timesCsv(['2024-01-01T00:00+02:00', '2024-01-02T00:00+02:00', '2024-01-03T00:00+02:00']));
  const features = addCalendar(set, { features: ['dayOfWeek'], encoding: 'ordinal' }).future!;
  const naive = await readText(timesCsv(['2024-01-01', '2024-01-02', '2024-01-03']));
  expect(features.values).toEqual(addCalendar(naive, { features: ['dayOfWeek'], encoding: 'ordinal' }).future!.values);
});
