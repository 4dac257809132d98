import { describe, expect, it } from 'vitest';
import { type CsvOptions, seriesValues, timeAt } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

describe('times', () => {
  const timesOf = async (cells: readonly string[], options: CsvOptions = {}) => {
    const set = await readText(`ds,y\n${cells.map((cell, step) => `${cell},${step}`).join('\n')}\n`, {
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
    const set = await readText(
      'ds,y\n2020-01-01T00:00:00.000001,1\n2020-01-01T00:00:00.000002,2\n2020-01-01T00:00:00.000003,3\n',
    );
    expect(set.frequency).toEqual({ unit: 'microsecond', count: 1 });
    expect(set.times).toBeNull();
  });

  it('says when digits beyond the microsecond are dropped', async () => {
    const set = await readText('ds,y\n2020-01-01T00:00:00.000000001,1\n2020-01-01T00:00:01.000000000,2\n', {
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

  it.each([
    ['%d%m%Y', ['1012023', '2012023', '31012023'], ['2023-01-01', '2023-01-02', '2023-01-31']],
    ['%d%m%Y', ['1112023', '1122023'], ['2023-11-01', '2023-12-01']],
    ['%m%d%y', ['10123', '10223', '123123'], ['2023-01-01', '2023-01-02', '2023-12-31']],
    ['%Y%m', ['20231', '20232', '202312'], ['2023-01-01', '2023-02-01', '2023-12-01']],
    ['%Y%j', ['20231', '202332', '2023365'], ['2023-01-01', '2023-02-01', '2023-12-31']],
  ])('digits that have lost a zero in %s', async (timeFormat, texts, days) => {
    expect(await timesOf(texts, { timeFormat, gaps: 'rowOrder' })).toEqual(days.map((day) => Date.parse(day)));
  });

  it.each([
    ['%Y%m%d', '2023111'],
    ['%y%m%d', '23111'],
    ['%Y%m%d %H%M', '20230101 1'],
  ])('digits that might be two times in %s are none', async (timeFormat, text) => {
    expect((await errorOf(() => timesOf([text], { timeFormat }))).message).toMatch(`"${text}" does not match`);
  });

  it('a clock of three digits has one for the hour', async () => {
    expect(await timesOf(['20230101 130', '20230101 1130'], { timeFormat: '%Y%m%d %H%M', gaps: 'rowOrder' })).toEqual([
      Date.UTC(2023, 0, 1, 1, 30),
      Date.UTC(2023, 0, 1, 11, 30),
    ]);
  });

  it('reads local times as instants across both clock changes, and names the fold', async () => {
    const autumn = await readText(
      'ds,y\n2021-10-31T01:00,0\n2021-10-31T02:00,1\n2021-10-31T02:00,2\n2021-10-31T03:00,3\n',
      { timezone: 'Europe/Berlin' },
    );
    expect([0, 1, 2, 3].map((step) => timeAt(autumn, 0, step) - Date.UTC(2021, 9, 30, 23))).toEqual(
      [0, 1, 2, 3].map((hour) => hour * 3_600_000),
    );
    expect(autumn.report.notices.join()).toMatch(/2021-10-31 02:00 occurs twice in Europe\/Berlin/);
    const spring = await readText('ds,y\n2021-03-28T01:00,0\n2021-03-28T03:00,1\n2021-03-28T04:00,1\n', {
      timezone: 'Europe/Berlin',
    });
    expect(spring.report.gaps).toBeNull();
  });

  it.each([
    ['oldest first', (rows: string[]) => rows],
    ['newest first', (rows: string[]) => rows.reverse()],
    [
      'newest first, two series together',
      (rows: string[]) => rows.reverse().flatMap((row) => [`${row},a`, `${row},b`]),
    ],
  ])('the hour that occurs twice keeps its values, %s', async (_, arrange) => {
    const quarters = Array.from({ length: 24 }, (__, k) => {
      const clock = k < 12 ? k : k - 4;
      return `2021-10-31T${String(Math.floor(clock / 4)).padStart(2, '0')}:${String((clock % 4) * 15).padStart(2, '0')},${k}`;
    });
    const rows = arrange(quarters);
    const hasId = rows[0]!.split(',').length === 3;
    const set = await readText(`ds,y${hasId ? ',id' : ''}\n${rows.join('\n')}\n`, {
      timezone: 'Europe/Berlin',
      ...(hasId ? { id: 'id' } : {}),
    });
    for (let series = 0; series < set.ids.length; series++)
      expect([...seriesValues(set, series)]).toEqual(quarters.map((__, k) => k));
    expect(timeAt(set, 0, 23) - timeAt(set, 0, 0)).toBe(23 * 900_000);
  });
});
