import { describe, expect, it } from 'vitest';
import { type CsvOptions, type SeriesSet, timeAt, writeTime } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { datesBetween, isoDay, isWeekday, monthly, timesCsv } from './support/dates.ts';
import { readText } from './support/read-text.ts';

const textsOf = (set: SeriesSet, from: number, count: number, series = 0) =>
  Array.from({ length: count }, (_, k) => writeTime(set, timeAt(set, series, from + k)));

/** All times but the last `ahead` are read; the set must give them back and go on with those left. */
async function expectContinuation(
  times: readonly string[],
  ahead: number,
  options: CsvOptions = {},
): Promise<SeriesSet> {
  const known = times.slice(0, -ahead);
  const set = await readText(timesCsv(known), options);
  expect(textsOf(set, 0, times.length)).toEqual(times);
  return set;
}

const day = (number: number) => (days: readonly Date[]) => days[Math.min(number, days.length) - 1]!;
const lastWeekday = (days: readonly Date[]) => days.filter(isWeekday).at(-1)!;
const firstWeekday = (days: readonly Date[]) => days.find(isWeekday)!;
const nth = (weekday: number, index: number) => (days: readonly Date[]) =>
  days.filter((date) => date.getUTCDay() === weekday).at(index)!;
const rolled = (number: number, step: 1 | -1) => (days: readonly Date[]) => {
  let at = Math.min(number, days.length) - 1;
  while (!isWeekday(days[at]!)) at += step;
  return days[at]!;
};
const from2013 = 2013 * 12;

describe('calendar times keep to the days of the file and go on by their rule', () => {
  it.each<[string, string, string[]]>([
    ['day 1', 'month', monthly(from2013 + 1, 60, day(1))],
    ['day 15', 'month', monthly(from2013 + 1, 60, day(15))],
    ['day 28, beginning in February', 'month', monthly(from2013 + 1, 60, day(28))],
    ['day 29, beginning in February', 'month', monthly(from2013 + 1, 60, day(29))],
    ['day 30, beginning in April', 'month', monthly(from2013 + 3, 60, day(30))],
    ['day 30, beginning in February', 'month', monthly(from2013 + 1, 60, day(30))],
    ['month ends, beginning in February', 'month', monthly(from2013 + 1, 60, day(31))],
    ['last weekdays', 'month', monthly(from2013 + 1, 60, lastWeekday)],
    ['first weekdays', 'month', monthly(from2013 + 1, 60, firstWeekday)],
    ['the 25th, or the weekday before', 'month', monthly(from2013, 60, rolled(25, -1))],
    ['the 10th, or the weekday after', 'month', monthly(from2013, 60, rolled(10, 1))],
    ['third Fridays', 'month', monthly(from2013, 60, nth(5, 2))],
    ['last Thursdays', 'month', monthly(from2013, 60, nth(4, -1))],
    ['every second month, day 30', '2 months', monthly(from2013, 40, day(30), 2)],
    ['quarter ends', 'quarter', monthly(from2013 + 2, 40, day(31), 3)],
    ['last weekdays of quarters', 'quarter', monthly(from2013 + 2, 40, lastWeekday, 3)],
    ['half years', '2 quarters', monthly(from2013, 30, day(31), 6)],
    ['fiscal years', 'year', monthly(from2013 + 8, 30, day(30), 12)],
    ['last days of February', 'year', monthly(from2013 + 1, 30, day(31), 12)],
    ['the 28th of February', 'year', monthly(from2013 + 1, 30, day(28), 12)],
    ['last weekdays of years', 'year', monthly(from2013 + 11, 30, lastWeekday, 12)],
    ['years of the century before 1970', 'year', monthly(1860 * 12, 60, day(1), 12)],
  ])('%s', async (_, frequency, times) => {
    const set = await expectContinuation(times, 14);
    expect([set.report.frequency, set.times]).toEqual([frequency, null]);
  });

  it.each<[string, string, number, string]>([
    ['every 30 days', '30 days', 30, '2020-01-01'],
    ['every fourth week', '4 weeks', 28, '2020-01-03'],
    ['every 31 days', '31 days', 31, '2020-01-15'],
  ])('%s are no months', async (_, frequency, step, first) => {
    const times = Array.from({ length: 30 }, (__, k) => isoDay(new Date(Date.parse(first) + k * step * 86_400_000)));
    expect((await expectContinuation(times, 5)).report.frequency).toBe(frequency);
  });

  it('last trading days: a holiday moves one, which is kept, and the others go on', async () => {
    const times = monthly(from2013, 60, lastWeekday).map((text) => (text === '2016-03-31' ? '2016-03-30' : text));
    const set = await expectContinuation(times, 7);
    expect([set.report.frequency, set.times === null]).toEqual(['month', false]);
  });

  it('weeks whose Friday is a holiday are labelled Thursday and stay weeks', async () => {
    const fridays = Array.from({ length: 60 }, (_, k) => isoDay(new Date(Date.UTC(2021, 0, 1 + 7 * k))));
    const moved = fridays.map((text, k) =>
      k === 13 || k === 52 ? isoDay(new Date(Date.parse(text) - 86_400_000)) : text,
    );
    // The last known row is one that was moved: the next is the Friday of the next week.
    const set = await expectContinuation(moved.slice(0, 58), 5);
    expect([set.report.frequency, set.report.gaps]).toEqual(['week', null]);
  });

  it('a missing month is a gap, and is filled in its place', async () => {
    const times = monthly(from2013, 24, lastWeekday);
    const holed = times.filter((_, k) => k !== 10);
    expect((await errorOf(() => readText(timesCsv(holed)))).message).toMatch(/1 missing time step between .*month/);
    const set = await readText(timesCsv(holed), { gaps: 'linear' });
    expect([textsOf(set, 0, 24), set.times]).toEqual([times, null]);
  });

  it('each series of a panel has its own day; one with few rows has that of the others', async () => {
    const rows = [
      ...monthly(from2013, 30, day(31)).map((ds) => `ends,${ds},1`),
      ...monthly(from2013 + 1, 30, day(28)).map((ds) => `bills,${ds},1`),
      ...monthly(from2013 + 2, 30, day(28)).map((ds) => `rent,${ds},1`),
      'new,2015-02-28,1',
    ];
    const set = await readText(`unique_id,ds,y\n${rows.join('\n')}\n`);
    expect([0, 1, 2, 3].map((series) => textsOf(set, set.lengths[series]!, 1, series)[0])).toEqual([
      '2015-07-31',
      '2015-08-28',
      '2015-09-28',
      '2015-03-28',
    ]);
  });
});

/** Clock times of a day from `open` to `close`, each `step` minutes. */
const clocks = (open: number, close: number, step: number) =>
  Array.from({ length: (close - open) / step + 1 }, (_, k) => {
    const minutes = open + k * step;
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  });
const sessions = (days: readonly Date[], daily: readonly string[]) =>
  days.flatMap((date) => daily.map((clock) => `${isoDay(date)} ${clock}`));
const january = datesBetween('2023-01-02', '2023-02-10');

describe('sessions go on in the next session', () => {
  it.each<[string, string[], number]>([
    ['half hours of an exchange', sessions(january.filter(isWeekday), clocks(570, 930, 30)), 28],
    ['seven hourly bars', sessions(january.filter(isWeekday), clocks(570, 930, 60)), 20],
    ['a lunch break', sessions(january.filter(isWeekday), [...clocks(570, 690, 30), ...clocks(780, 900, 30)]), 25],
    [
      'shops that open on Saturdays',
      sessions(
        january.filter((date) => date.getUTCDay() !== 0),
        clocks(480, 1200, 60),
      ),
      30,
    ],
    ['nights closed every day', sessions(january, clocks(360, 1320, 30)), 40],
    [
      'Sunday to Thursday',
      sessions(
        january.filter((date) => date.getUTCDay() < 5),
        clocks(600, 900, 30),
      ),
      30,
    ],
  ])('%s', async (_, times, ahead) => {
    const set = await expectContinuation(times, ahead);
    expect(set.report.gaps?.action).toMatch(/nights, weekends or holidays; order of rows kept/);
  });

  it('a currency market opens on Sunday evening and closes on Friday evening', async () => {
    const hours = january.flatMap((date) => clocks(0, 1380, 60).map((clock) => `${isoDay(date)} ${clock}`));
    const open = hours.filter((text) => {
      const date = new Date(`${text.replace(' ', 'T')}Z`);
      const [weekday, hour] = [date.getUTCDay(), date.getUTCHours()];
      return weekday !== 6 && !(weekday === 5 && hour >= 22) && !(weekday === 0 && hour < 22);
    });
    await expectContinuation(open, 60);
  });

  it('in the zone of the exchange when times are UTC, over a change of clocks', async () => {
    const days = datesBetween('2023-02-20', '2023-04-07').filter(isWeekday);
    const isSummer = (date: Date) => date.getTime() >= Date.UTC(2023, 2, 12);
    const utc = days.flatMap((date) =>
      clocks(isSummer(date) ? 810 : 870, isSummer(date) ? 1170 : 1230, 30).map((clock) => `${isoDay(date)}T${clock}Z`),
    );
    const set = await readText(timesCsv(utc.slice(0, -13)), { timezone: 'America/New_York' });
    expect(Array.from({ length: 13 }, (_, k) => timeAt(set, 0, set.lengths[0]! + k))).toEqual(
      utc.slice(-13).map((text) => Date.parse(text)),
    );
    const error = await errorOf(() => readText(timesCsv(utc)));
    expect(error.remedies.map(({ option }) => option)).toContain('timezone');
  });

  it('days of a shop that is closed on Sundays', async () => {
    const times = datesBetween('2023-01-02', '2023-04-30')
      .filter((date) => date.getUTCDay() !== 0)
      .map(isoDay);
    const set = await expectContinuation(times, 10);
    expect([set.report.frequency, set.report.gaps?.action]).toEqual([
      'day',
      'they are weekends or holidays; order of rows kept',
    ]);
  });

  it('a half holiday and a holiday are closures, a hole within a session is none', async () => {
    const all = sessions(january.filter(isWeekday), clocks(570, 930, 30));
    const closed = all.filter((text) => !text.startsWith('2023-01-16') && !/^2023-01-20 1[345]/.test(text));
    expect((await readText(timesCsv(closed))).report.gaps?.action).toMatch(/order of rows kept/);
    const error = await errorOf(() => readText(timesCsv(all.filter((text) => !/^2023-01-17 1[12]/.test(text)))));
    expect([error.code, error.message]).toEqual([
      'data/gap',
      expect.stringMatching(/4 missing time steps between 2023-01-17 10:30/),
    ]);
  });

  it('a hole within a session is filled, the nights are not', async () => {
    const all = sessions(january.filter(isWeekday), clocks(570, 930, 30));
    const set = await readText(timesCsv(all.filter((text) => !/^2023-01-17 1[12]/.test(text))), { gaps: 'linear' });
    expect([set.report.gaps?.count, textsOf(set, 0, all.length)]).toEqual([4, all]);
  });
});

describe('outages are told alike', () => {
  const hours = (first: string, last: string) =>
    datesBetween(first, last).flatMap((date) => clocks(0, 1380, 60).map((clock) => `${isoDay(date)} ${clock}`));
  const without = (times: readonly string[], from: string, to: string) =>
    times.filter((time) => time < from || time >= to);

  it.each([
    ['over a weekend, others have data', hours('2024-01-01', '2024-02-04'), '2024-01-19 18:00', '2024-01-22 07:00'],
    [
      'over a weekend to the hour, others have data',
      hours('2024-01-01', '2024-02-04'),
      '2024-01-20 00:00',
      '2024-01-22 00:00',
    ],
    ['midweek', hours('2024-01-01', '2024-02-04'), '2024-01-16 18:00', '2024-01-19 07:00'],
    [
      'over the only weekend, but nights have data',
      hours('2024-01-15', '2024-01-26'),
      '2024-01-19 18:00',
      '2024-01-22 07:00',
    ],
    ['one night of a sensor', hours('2024-01-01', '2024-01-20'), '2024-01-09 22:00', '2024-01-10 05:00'],
  ])('%s', async (_, times, from, to) => {
    const error = await errorOf(() => readText(timesCsv(without(times, from, to))));
    expect([error.code, error.remedies[0]]).toMatchObject(['data/gap', { option: 'gaps', values: ['rowOrder'] }]);
  });

  it('of daily values too', async () => {
    const days = datesBetween('2023-01-01', '2023-05-31').map(isoDay);
    for (const [from, to] of [
      ['2023-03-04', '2023-03-06'],
      ['2023-03-07', '2023-03-09'],
    ] as const)
      expect((await errorOf(() => readText(timesCsv(without(days, from, to))))).code).toBe('data/gap');
  });
});

describe('holidays of business days', () => {
  const weekdays = datesBetween('2023-09-01', '2024-04-11').filter(isWeekday).map(isoDay);
  const closed = (spans: readonly (readonly [string, string])[]) =>
    timesCsv(weekdays.filter((time) => !spans.some(([from, to]) => time >= from && time <= to)));

  it.each([
    [
      'six weekdays, twice',
      [
        ['2023-09-29', '2023-10-06'],
        ['2024-02-09', '2024-02-16'],
      ],
    ],
    ['seven weekdays', [['2024-02-08', '2024-02-16']]],
    [
      'single days',
      [
        ['2023-12-25', '2023-12-26'],
        ['2024-01-01', '2024-01-01'],
        ['2024-03-29', '2024-04-01'],
      ],
    ],
  ] as const)('%s keep the order of rows', async (_, spans) => {
    expect((await readText(closed(spans))).report.gaps?.action).toMatch(/weekends or holidays; order of rows kept/);
  });

  it.each([
    ['nine weekdays', [['2024-02-06', '2024-02-16']]],
    [
      'four long closures in half a year',
      [
        ['2023-09-29', '2023-10-06'],
        ['2023-11-09', '2023-11-16'],
        ['2024-01-09', '2024-01-16'],
        ['2024-02-09', '2024-02-16'],
      ],
    ],
  ] as const)('%s are an outage', async (_, spans) => {
    expect((await errorOf(() => readText(closed(spans)))).code).toBe('data/gap');
  });
});
