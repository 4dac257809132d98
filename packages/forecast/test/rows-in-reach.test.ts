import {
  addCalendar,
  batches,
  forecastWindows,
  readRows,
  type SeriesSet,
  seriesFromArrays,
  timeAt,
  windows,
} from '@nt/data';
import { describe, expect, it } from 'vitest';
import { rowsInReach } from '../src/predict/rows-in-reach.ts';

const wave = (count: number, shift = 0): number[] =>
  Array.from({ length: count }, (_, t) => (t % 17 === 3 ? Number.NaN : Math.sin(t + shift)));
const rich = (id: string, count: number, start: string) => ({
  id,
  start,
  values: wave(count),
  historic: { h: wave(count, 1) },
  future: { f: wave(count + 4, 2) },
  static: { k: count },
});
/** Two columns of 300 days, which share their times and what the calendar tells of them. */
const wide = addCalendar(
  await readRows(
    wave(300).map((a, t) => ({ date: new Date(Date.UTC(2024, 0, 1 + t)).toISOString().slice(0, 10), a, b: t })),
    { layout: 'wide', missing: 'mask' },
  ),
  { features: ['dayOfYear'], horizon: 4 },
);
const sets: Readonly<Record<string, SeriesSet>> = {
  'days with covariates of every kind, one series shorter than the look-back': seriesFromArrays(
    [rich('long', 200, '2024-01-01'), rich('short', 5, '2024-03-01'), rich('longer', 300, '2023-01-01')],
    { frequency: 'day' },
  ),
  'series that share their times': wide,
  'ends of months': seriesFromArrays([{ id: 'a', values: wave(120), start: '2010-01-31' }], { frequency: 'month' }),
  'working days': seriesFromArrays([{ id: 'a', values: wave(120), start: '2024-01-01' }], {
    frequency: 'business-day',
  }),
  'rows without times': seriesFromArrays([{ id: 'a', values: wave(120) }]),
};
const all = (of: ReturnType<typeof windows>) =>
  [...batches(of, { batchSize: 512, buffers: 1 })].map((batch) => structuredClone({ ...batch, origins: null }));

describe.each(Object.entries(sets))('%s', (_, set) => {
  const last = windows(set, { inputSize: 1, horizon: 4, last: 3 });
  it.each([
    ['the window behind the end', forecastWindows(set, { inputSize: 1, horizon: 4 })],
    ['some of the last windows', last],
  ])('%s: fewer rows, the same windows at the same times', (_, asked) => {
    const cut = rowsInReach(asked, 9);
    expect(cut.set.values.length).toBeLessThan(0.2 * set.values.length);
    expect(all({ ...cut, inputSize: 9 })).toEqual(all({ ...asked, inputSize: 9 }));
    for (let window = 0; window < asked.count; window++) {
      const [there, here] = [asked.locate(window), cut.locate(window)];
      const times = (of: SeriesSet, { series, origin }: typeof there) =>
        [-2, 0, 3, 40].map((step) => timeAt(of, series, Math.max(0, origin + step)));
      expect(times(cut.set, here)).toEqual(times(set, there));
    }
  });

  it('windows over more than half of the rows: no copy', () => {
    const asked = windows(set, { inputSize: 1, horizon: 4 });
    expect(rowsInReach(asked, 9)).toBe(asked);
  });
});

it('series that no window is asked of keep their last rows only', () => {
  const set = Object.values(sets)[0]!;
  const ranges = { starts: Float64Array.from([196, 0, 0]), ends: Float64Array.from([200, 0, 0]) };
  const cut = rowsInReach(windows(set, { inputSize: 1, horizon: 4, ranges }), 9);
  expect([...cut.set.lengths]).toEqual([13, 5, 9]);
});
