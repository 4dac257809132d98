import { describe, expect, it } from 'vitest';
import { type CalendarFeature, calendarPosition } from '../src/calendar/calendar-feature.ts';
import { holidayCalendar } from '../src/holidays/index.ts';
import { addCalendar, batches, forecastWindows, readCsv, seriesFromArrays } from '../src/index.ts';
import { bytes, errorOf, ramp } from './support/bytes.ts';
import { set } from './support/three-series.ts';

describe('addCalendar', () => {
  const hours = seriesFromArrays([{ id: 'a', start: '2020-12-24T22:00', values: ramp(4) }], { frequency: 'hour' });

  it('adds sine and cosine or one ordinal column, for the horizon too', async () => {
    const cyclic = addCalendar(hours, { features: ['hourOfDay'], horizon: 2 });
    expect(cyclic.future!.names).toEqual(['hourOfDay.sin', 'hourOfDay.cos']);
    expect(cyclic.future!.values.length).toBe(6 * 2);
    expect(cyclic.future!.values[0]).toBeCloseTo(Math.sin((2 * Math.PI * 22) / 24), 12);
    const ordinal = addCalendar(hours, { features: ['hourOfDay', 'monthOfYear'], encoding: 'ordinal' });
    expect([...ordinal.future!.values.slice(0, 4)]).toEqual([22 / 23 - 0.5, 0.5, 0.5, 0.5]);
    const [batch] = [...batches(forecastWindows(cyclic, { inputSize: 2, horizon: 2 }), { batchSize: 1 })];
    expect(batch!.future![4]).toBeCloseTo(Math.sin((2 * Math.PI * 2) / 24), 6);
  });

  it('positions are those of dates, from before 1970 on, between milliseconds too', () => {
    const expected: Readonly<Record<CalendarFeature, (date: Date) => number>> = {
      minuteOfHour: (date) => date.getUTCMinutes(),
      hourOfDay: (date) => date.getUTCHours(),
      dayOfWeek: (date) => (date.getUTCDay() + 6) % 7,
      dayOfMonth: (date) => date.getUTCDate() - 1,
      dayOfYear: (date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000),
      weekOfYear: (date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 604_800_000),
      monthOfYear: (date) => date.getUTCMonth(),
      quarterOfYear: (date) => Math.floor(date.getUTCMonth() / 3),
    };
    const near = [-86_400_000, -3_600_000, -60_000, -1, 0, 59_999, 3_600_000, 86_399_999.75, 86_400_000];
    const years = [1600, 1899, 1969, 1970, 2000, 2024, 2025, 9999].map((year) => Date.UTC(year, 0, 1));
    const times = years.flatMap((year) =>
      [0, 58, 59, 183, 364, 365].flatMap((day) => near.map((ms) => year + day * 86_400_000 + ms)),
    );
    for (const [feature, of] of Object.entries(expected) as [CalendarFeature, (date: Date) => number][])
      expect(times.map((time) => calendarPosition(feature, time))).toEqual(
        times.map((time) => of(new Date(Math.floor(time)))),
      );
  });

  it('adds holidays of a country', async () => {
    const isHoliday = await holidayCalendar({ country: 'DE' });
    const marked = addCalendar(hours, { features: [], isHoliday });
    expect([...marked.future!.values]).toEqual([0, 0, 1, 1]);
    expect((await errorOf(() => holidayCalendar({ country: 'XX' }))).code).toBe('data/bad-option');
  });

  it('keeps shared rows of wide files shared, and needs times', async () => {
    const wide = await readCsv(bytes('date,a,b\n2020-01-01,1,10\n2020-01-02,2,20\n'), { layout: 'wide' });
    const marked = addCalendar(wide, { features: ['dayOfWeek'], encoding: 'ordinal', horizon: 1 });
    expect([marked.future!.values.length, [...marked.lengths], [...marked.offsets]]).toEqual([3, [2, 2], [0, 3, 6]]);
    expect((await errorOf(() => addCalendar(set, { features: ['hourOfDay'] }))).message).toMatch(/no time column/);
  });
});
