import { describe, expect, it } from 'vitest';
import { seriesValues, timeAt, writeTime } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { isoDay, monthly, timesCsv } from './support/dates.ts';
import { readText } from './support/read-text.ts';

const days = (count: number, every = 1) =>
  Array.from({ length: count }, (_, k) => isoDay(new Date(Date.UTC(2023, 0, 1 + every * k))));
const saturdays = Array.from({ length: 36 }, (_, k) => 4 * k + Math.floor((k + 1) / 3));

describe('what is done to rows is said as it is', () => {
  it.each([
    ['days 1 and 15 of a month', monthly(2022 * 12, 12, (of) => of[0]!).flatMap((t) => [t, `${t.slice(0, 8)}15`])],
    ['three days a week', days(90).filter((t) => [1, 3, 5].includes(new Date(t).getUTCDay()))],
    ['periods of 4, 4 and 5 weeks', saturdays.map((week) => isoDay(new Date(Date.UTC(2023, 0, 7 + 7 * week))))],
  ])('times ahead are doubted where most steps keep to no rule: %s', async (_, times) => {
    const { report } = await readText(timesCsv(times), { gaps: 'rowOrder' });
    expect(report.notices.join()).toMatch(/of the newest \d+ steps are not .* times ahead are counted/);
  });

  it.each([
    ['weekdays with holidays', days(200).filter((t) => new Date(t).getUTCDay() % 6 !== 0 && !/-0[35]-01$/.test(t))],
    ['a shop that is closed on Sundays', days(100).filter((t) => new Date(t).getUTCDay() !== 0)],
    ['month ends', monthly(2020 * 12, 30, (of) => of.at(-1)!)],
    ['a hole kept by the order of rows', days(60).filter((_, k) => k < 20 || k > 30)],
  ])('and not where a rule holds: %s', async (_, times) => {
    const { report } = await readText(timesCsv(times), { gaps: 'rowOrder' });
    expect(report.notices).toEqual([]);
  });

  it('cells that nothing can fill are counted', async () => {
    const cells = days(10).map((time, k) => `${time},${k < 3 || k === 6 ? '' : k}`);
    for (const missing of ['linear', 'forward'] as const) {
      const set = await readText(`ds,y\n${cells.join('\n')}\n`, { missing });
      expect(set.report.missing?.action).toBe(
        `filled ${missing}, but 3 without a value before them are masked as not available`,
      );
      expect(seriesValues(set, 0).filter((value) => Number.isNaN(value)).length).toBe(3);
    }
  });

  it.each(['error', 'linear', 'mask', 'zero'] as const)(
    'a target without any value is none, missing %s',
    async (missing) => {
      const text = `ds,y,x\n${days(10)
        .map((time, k) => `${time},,${k}`)
        .join('\n')}\n`;
      const error = await errorOf(() => readText(text, { target: 'y', missing }));
      expect(error.message).toMatch(/target column 'y' has no value in any row; is another column the target/);
    },
  );

  it.each([
    [
      'New York',
      ['2023-01-31 05:00Z', '2023-02-28 05:00Z', '2023-03-31 04:00Z', '2023-04-30 04:00Z', '2023-05-31 04:00Z'],
    ],
    [
      'Berlin',
      ['2023-02-28 23:00Z', '2023-03-31 22:00Z', '2023-04-30 22:00Z', '2023-05-31 22:00Z', '2023-06-30 22:00Z'],
    ],
  ])('months of a zone written in UTC ask for the zone: %s', async (zone, times) => {
    const error = await errorOf(() => readText(timesCsv(times)));
    expect(error.remedies.map(({ option }) => option)).toContain('timezone');
    const timezone = zone === 'Berlin' ? 'Europe/Berlin' : 'America/New_York';
    expect((await readText(timesCsv(times), { timezone })).report.frequency).toBe('month');
  });

  it.each([
    ['%m/%d/%Y', ['1/9/2023', '1/10/2023', '1/11/2023'], '1/12/2023'],
    ['%d.%m.%y %H:%M', ['1.1.23 8:00', '1.1.23 9:00', '1.1.23 10:00'], '1.1.23 11:00'],
    ['%d.%m.%Y %H:%M', ['1.1.2023 08:00', '1.1.2023 09:00', '1.1.2023 10:00'], '1.1.2023 11:00'],
    ['%d/%m/%Y %I:%M %p', ['01/01/2023 8:00 AM', '01/01/2023 9:00 AM', '01/01/2023 10:00 AM'], '01/01/2023 11:00 AM'],
    ['%d.%m.%Y', ['01.01.2023', '02.01.2023', '03.01.2023'], '04.01.2023'],
  ])('a told format %s is written as the file writes it', async (timeFormat, times, next) => {
    const set = await readText(timesCsv(times), { timeFormat });
    expect([0, 1, 2, 3].map((step) => writeTime(set, timeAt(set, 0, step)))).toEqual([...times, next]);
  });
});
