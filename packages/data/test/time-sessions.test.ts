import { describe, expect, it } from 'vitest';
import { timeAt } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { clocks, expectContinuation, sessions, textsOf } from './support/continuation.ts';
import { datesBetween, isoDay, isWeekday, timesCsv } from './support/dates.ts';
import { readText } from './support/read-text.ts';

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
