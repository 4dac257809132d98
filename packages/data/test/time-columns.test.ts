import { describe, expect, it } from 'vitest';
import { readJson, readRows } from '../src/index.ts';
import { bytes, errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

describe('the time column', () => {
  const table = (columns: Readonly<Record<string, readonly (string | number)[]>>) => {
    const names = Object.keys(columns);
    const rows = columns[names[0]!]!.map((_, row) => names.map((name) => columns[name]![row]).join('\t'));
    return `${names.join('\t')}\n${rows.join('\n')}\n`;
  };
  const iso = ['2024-01-01', '2024-01-02'];

  it.each([
    ['dates win over a feature month', { month: [1, 2], y: [5, 6], observed_at: iso }, 'observed_at'],
    ['over a feature day of texts', { day: ['Mon', 'Tue'], y: [5, 6], seen: iso }, 'seen'],
    ['over a time of day', { time: ['10:00', '10:00'], y: [5, 6], seen: iso }, 'seen'],
    ['a name of the field wins among dates', { seen: iso, y: [5, 6], date: ['2024-02-01', '2024-02-02'] }, 'date'],
    ['epochs by name', { timestamp: [1_704_067_200, 1_704_153_600], y: [5, 6] }, 'timestamp'],
    ['years by name', { y: [5, 6], year: [1990, 1991] }, 'year'],
    ['names of a trading terminal', { '<DATE>': ['2024.01.01', '2024.01.02'], y: [5, 6] }, '<DATE>'],
    ['over a feature year', { year: [2024, 2024], y: [5, 6], seen: iso }, 'seen'],
    ['over a feature period of dates', { period: ['2024-01-01', '2024-01-01'], y: [5, 6], seen: iso }, 'seen'],
    ['over the day of the export', { exported: ['2024-05-05', '2024-05-05'], y: [5, 6], seen: iso }, 'seen'],
    ['years that change as dates do', { seen: iso, y: [5, 6], year: [1990, 1991] }, 'year'],
    ['an unnamed index', { '': iso, y: [5, 6] }, ''],
  ])('%s', async (_, columns, time) => {
    expect((await readText(table(columns))).report.columns.time).toBe(time);
  });

  it('dates that have to be told win over a feature month', async () => {
    const error = await errorOf(() =>
      readText(table({ month: [1, 2], y: [5, 6], Datum: ['01.02.2024', '02.02.2024'] })),
    );
    expect([error.code, error.details.column]).toEqual(['data/ambiguous-date', 'Datum']);
  });

  it('what stands in the columns is shown when there is none', async () => {
    const error = await errorOf(() => readText('a,b\nx,1.5\ny,2.5\n'));
    expect(error.message).toMatch(/the file has: a \("x"\), b \("1.5"\)\. Name it \(time: …\), or pass time: false/);
  });

  it('is named where rows have the same time', async () => {
    const error = await errorOf(() => readText('seen,y\n2024-01-01,1\n2024-01-01,2\n'));
    expect(error.message).toMatch(/two rows with the same time in column 'seen'/);
  });
});

describe('a time in several columns', () => {
  const start = '2024-01-01T22:00:00.000Z';
  it.each([
    ['date and clock', 'date,time', ['2024-01-01,22:00', '2024-01-01,23:00', '2024-01-02,00:00']],
    [
      'date and clock with AM and PM',
      'date,time',
      ['2024-01-01,10:00 PM', '2024-01-01,11:00 PM', '2024-01-02,12:00 AM'],
    ],
    ['date and hour', 'date,hour', ['2024-01-01,22', '2024-01-01,23', '2024-01-02,0']],
    ['date and hours of 1 to 24', 'date,hour', ['2024-01-01,22', '2024-01-01,23', '2024-01-01,24']],
    ['date and clock in digits', 'date,hhmm', ['2024-01-01,2200', '2024-01-01,2300', '2024-01-02,000']],
    [
      'date with midnight and clock',
      'date,time',
      ['2024-01-01 00:00:00,22:00', '2024-01-01 00:00:00,23:00', '2024-01-02 00:00:00,00:00'],
    ],
    ['date with points', '<DATE>,<TIME>', ['2024.01.01,22:00:00', '2024.01.01,23:00:00', '2024.01.02,00:00:00']],
    ['year, month, day, hour', 'Y,M,D,h', ['2024,1,1,22', '2024,1,1,23', '2024,1,2,0']],
    [
      'date, clock and offset',
      'd,t,z',
      ['2024-01-01,23:00,+01:00', '2024-01-02,00:00,+01:00', '2024-01-02,01:00,+01:00'],
    ],
  ])('%s', async (_, names, times) => {
    const time = names.split(',');
    const text = `${names},y\n${times.map((cells, row) => `${cells},${row}`).join('\n')}\n`;
    const set = await readText(text, { time, target: 'y' });
    expect([new Date(set.starts[0]!).toISOString(), set.report.frequency]).toEqual([start, 'hour']);
    const rows = times.map((cells, y) => ({
      ...Object.fromEntries(cells.split(',').map((cell, at) => [time[at]!, cell])),
      y,
    }));
    expect((await readRows(rows, { time, target: 'y' })).starts).toEqual(set.starts);
  });

  it.each([
    ['year,quarter', ['2023,3', '2023,4', '2024,1'], '2023-07-01', 'quarter'],
    ['Year,Qtr', ['2023,Q3', '2023,Q4', '2024,Q1'], '2023-07-01', 'quarter'],
    ['year,week', ['2020,52', '2020,53', '2021,1'], '2020-12-21', 'week'],
    ['Jahr,KW', ['2020,9', '2020,10', '2020,11'], '2020-02-24', 'week'],
    ['year,doy', ['2023,365', '2024,1', '2024,2'], '2023-12-31', 'day'],
    ['year,month', ['2023,11', '2023,12', '2024,1'], '2023-11-01', 'month'],
  ])('%s goes by the names of the columns', async (names, times, first, frequency) => {
    const time = names.split(',');
    const set = await readText(`${names},y\n${times.map((cells, row) => `${cells},${row}`).join('\n')}\n`, {
      time,
      target: 'y',
    });
    expect([new Date(set.starts[0]!).toISOString().slice(0, 10), set.report.frequency]).toEqual([first, frequency]);
    expect(set.times).toBeNull();
  });

  it.each([
    ['day,month,year', ['2,1,2024', '3,1,2024', '4,1,2024'], '2024-01-02T00:00', 'day'],
    ['quarter,year', ['3,2023', '4,2023', '1,2024'], '2023-07-01T00:00', 'quarter'],
    ['Monat,Jahr', ['11,2023', '12,2023', '1,2024'], '2023-11-01T00:00', 'month'],
    ['day,month,year,hour', ['2,1,2024,9', '2,1,2024,10', '2,1,2024,11'], '2024-01-02T09:00', 'hour'],
    [
      'date,hhmm',
      ['2024-01-01,0', '2024-01-01,5', '2024-01-01,10', '2024-01-01,1345'],
      '2024-01-01T00:00',
      '5 minutes',
    ],
    ['date,time', ['2024-01-01,0', '2024-01-01,3000', '2024-01-01,10000'], '2024-01-01T00:00', '30 minutes'],
  ])('%s: parts in any order, digits without leading zeros', async (names, times, first, frequency) => {
    const time = names.split(',');
    const text = `${names},y\n${times.map((cells, row) => `${cells},${row}`).join('\n')}\n`;
    const set = await readText(text, { time, target: 'y', gaps: 'rowOrder' });
    expect([new Date(set.starts[0]!).toISOString().slice(0, 16), set.report.frequency]).toEqual([first, frequency]);
    const rows = times.map((cells, y) => ({
      ...Object.fromEntries(cells.split(',').map((cell, at) => [time[at]!, cell])),
      y,
    }));
    expect((await readRows(rows, { time, target: 'y', gaps: 'rowOrder' })).starts).toEqual(set.starts);
  });

  it('a week with a day is not read as month and day', async () => {
    const text = 'year,week,day,y\n2024,1,1,1\n2024,1,2,2\n';
    const error = await errorOf(() => readText(text, { time: ['year', 'week', 'day'], target: 'y' }));
    expect(error.code).toBe('data/bad-time');
  });

  it('with a format for both', async () => {
    const text = 'd,t,y\n01/02/2024,10:00 PM,1\n01/02/2024,11:00 PM,2\n';
    const set = await readText(text, { time: ['d', 't'], target: 'y', timeFormat: '%d/%m/%Y %I:%M %p' });
    expect(new Date(set.starts[0]!).toISOString()).toBe('2024-02-01T22:00:00.000Z');
  });

  it('a faulty part is named by line, and such rows can be left out', async () => {
    const text = 'd,t,y\n2024-01-01,22:00,1\n2024-01-01,25:00,2\n,23:00,3\n2024-01-02,00:00,4\n2024-01-02,02:00,5\n';
    const error = await errorOf(() => readText(text, { time: ['d', 't'], target: 'y' }));
    expect(error.details).toMatchObject({ line: 3, column: 'd + t', count: 2 });
    const set = await readText(text, { time: ['d', 't'], target: 'y', badRows: 'reject' });
    expect([...set.values]).toEqual([1, 4, 5]);
  });

  it.each([
    ['date,hour', ['2024-01-01,0', '2024-01-01,1', '2024-01-01,2']],
    ['date,hour,minute', ['2024-01-01,0,0', '2024-01-01,0,30', '2024-01-01,1,0']],
    ['<DATE>,<TIME>', ['20240101,090000', '20240101,093000', '20240101,100000']],
    ['year,month', ['2024,1', '2024,2', '2024,3']],
    ['year,quarter', ['2024,1', '2024,2', '2024,3']],
    ['year,week', ['2024,1', '2024,2', '2024,3']],
    ['year,month,day,hour', ['2024,1,1,0', '2024,1,1,1', '2024,1,1,2']],
  ])('of %s is proposed where a part alone occurs again and again', async (names, times) => {
    const text = `${names},y\n${times.map((cells, row) => `${cells},${row}`).join('\n')}\n`;
    const error = await errorOf(() => readText(text));
    expect(error.remedies[0]).toEqual({ option: 'time', values: [names.split(',')] });
    expect([...(await readText(text, { time: names.split(',') })).values]).toEqual([0, 1, 2]);
  });

  it('needs every part to be there', async () => {
    const error = await errorOf(() => readText('d,y\n2024-01-01,1\n', { time: ['d', 'clock'] }));
    expect(error.message).toMatch(/time column 'clock' not found/);
  });
});

describe('JSON as pandas writes it', () => {
  const rows = [
    { ds: '2024-01-01', y: 5 },
    { ds: '2024-01-02', y: null },
    { ds: '2024-01-03', y: 7 },
  ];
  const column = (name: 'ds' | 'y') => rows.map((row) => row[name]);
  const keyed = (values: readonly unknown[]) =>
    Object.fromEntries(values.map((value, index) => [String(index), value]));
  it.each([
    ['records', rows],
    ['columns', { ds: keyed(column('ds')), y: keyed(column('y')) }],
    ['index', keyed(rows)],
    ['split', { columns: ['ds', 'y'], index: [0, 1, 2], data: rows.map((row) => [row.ds, row.y]) }],
    ['table', { schema: { fields: [] }, data: rows }],
    ['lists by column', { ds: column('ds'), y: column('y') }],
    ['an index of times', { y: { '2024-01-01': 5, '2024-01-02': null, '2024-01-03': 7 } }],
  ])('%s', async (_, document) => {
    for (const text of [JSON.stringify(document), JSON.stringify(document, null, 2)]) {
      const set = await readJson(bytes(text), { missing: 'linear', target: 'y' });
      expect([...set.values]).toEqual([5, 6, 7]);
    }
  });

  it.each([
    ['{"status":"ok","data":[1,2,3]}', /one object with status, data \(a list\); expected rows/],
    ['{"a":{"n":1,"rows":[{"y":1}]},"b":{"rows":[{"y":2}]}}', /several tables: a\.rows, b\.rows/],
    ['{"ds":["2024-01-01"],"y":[1,2]}', /different lengths: ds 1, y 2/],
    ['[{"ds":"2024-01-01","y":NaN}]', /JSON has no NaN/],
    ['{"ds":"2024-01-01","y":NaN}\n', /line 1.*JSON has no NaN/],
    ['[{"ds":"2024-01-01","y":{"v":1}}]', /target column 'y' not found; the file has: ds, y\.v/],
    ['[{"ds":"2024-01-01","y":[1]}]', /cells must be single values/],
  ])('%s', async (text, message) => {
    expect((await errorOf(() => readJson(bytes(text), { target: 'y' }))).message).toMatch(message);
  });
});
