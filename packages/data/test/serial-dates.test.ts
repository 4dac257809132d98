import { describe, expect, it } from 'vitest';
import { readRows, type SeriesSet, timeAt } from '../src/index.ts';
import { readText } from './support/read-text.ts';

const first = 45_000; // 2023-03-15
const serials = (count: number, minutes: number, digits: number) =>
  Array.from({ length: count }, (_, k) => (first + (k * minutes) / 1440).toFixed(digits));
const csv = (times: readonly string[], sign = '.') =>
  `date;y\n${times.map((time, k) => `${time.replace('.', sign)};${k % 7}`).join('\n')}\n`;
const isoAt = (set: SeriesSet, step: number) => new Date(timeAt(set, 0, step)).toISOString().slice(0, 19);

describe('serial dates of a spreadsheet with few digits', () => {
  it.each([
    ['hour', 60, 3],
    ['hour', 60, 4],
    ['hour', 60, 6],
    ['30 minutes', 30, 4],
    ['15 minutes', 15, 4],
    ['5 minutes', 5, 4],
    ['minute', 1, 5],
    ['minute', 1, 7],
    ['6 hours', 360, 2],
    ['day', 1440, 1],
  ])('steps of %s are found, %i minutes with %i digits', async (frequency, minutes, digits) => {
    const set = await readText(csv(serials(200, minutes, digits)), { timeUnit: 'excel' });
    expect([set.report.frequency, set.times]).toEqual([frequency, null]);
    const last = new Date(Date.UTC(2023, 2, 15, 0, minutes * 201)).toISOString().slice(0, 19);
    expect(isoAt(set, 201)).toBe(last);
  });

  it('with a decimal comma, and as rows', async () => {
    const times = serials(50, 60, 6);
    const set = await readText(csv(times, ','), { timeUnit: 'excel' });
    const rows = await readRows(
      times.map((time, y) => ({ date: Number(time), y })),
      { timeUnit: 'excel' },
    );
    expect([set.report.frequency, rows.report.frequency]).toEqual(['hour', 'hour']);
    for (const { report } of [set, rows])
      expect(report.notices.join()).toMatch(/6 digits behind the point: times are read to 60 minutes/);
  });

  it('times that are on no step keep their milliseconds', async () => {
    const set = await readText(csv(['45000.1234567', '45000.2234568', '45000.3234569', '45000.4234570']), {
      timeUnit: 'excel',
      gaps: 'rowOrder',
    });
    expect(timeAt(set, 0, 0)).toBe(Math.round((45_000.1234567 - 25_569) * 86_400_000));
  });
});

it('seconds since 2001 are read when they are told', async () => {
  const set = await readText('t,y\n725760000,5\n725846400,6\n725932800,7\n', { timeUnit: 'cocoa' });
  expect([isoAt(set, 0), set.report.frequency]).toEqual(['2024-01-01T00:00:00', 'day']);
  expect(
    isoAt(
      await readRows(
        [0, 60.5].map((t) => ({ t, y: t })),
        { timeUnit: 'cocoa' },
      ),
      0,
    ),
  ).toBe('2001-01-01T00:00:00');
});
