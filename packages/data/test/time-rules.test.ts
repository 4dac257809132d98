import { describe, expect, it } from 'vitest';
import { errorOf } from './support/bytes.ts';
import { expectContinuation, textsOf } from './support/continuation.ts';
import { isoDay, isWeekday, monthly, timesCsv } from './support/dates.ts';
import { readText } from './support/read-text.ts';

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
