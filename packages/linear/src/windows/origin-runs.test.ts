import { seriesFromArrays } from '@nt/data';
import { describe, expect, it } from 'vitest';
import { countWindows, originRuns } from './origin-runs.ts';

const set = seriesFromArrays([{ id: 'a', values: Array.from({ length: 20 }, (_, t) => (t === 9 ? Number.NaN : t)) }]);
const range = { start: 0, end: 20, horizon: 2, lookback: 3, strict: false, minimumAvailability: 1 };

describe('originRuns', () => {
  it('leaves out windows that see or forecast a missing value', () => {
    const runs = originRuns(set, 0, range);
    expect(runs).toEqual([
      { first: 3, end: 8 },
      { first: 13, end: 19 },
    ]);
    expect(countWindows(runs)).toBe(11);
  });

  it('keeps those of which enough is known', () => {
    expect(originRuns(set, 0, { ...range, minimumAvailability: 0.5 })).toEqual([{ first: 3, end: 19 }]);
    expect(originRuns(set, 0, { ...range, minimumAvailability: 0, horizon: 1 })).toEqual([
      { first: 3, end: 9 },
      { first: 10, end: 20 },
    ]);
  });

  it('begins where the look-back fits, within the range when strict', () => {
    expect(originRuns(set, 0, { ...range, start: 12 })).toEqual([{ first: 13, end: 19 }]);
    expect(originRuns(set, 0, { ...range, start: 12, strict: true })).toEqual([{ first: 15, end: 19 }]);
    expect(originRuns(set, 0, { ...range, start: 16, strict: true })).toEqual([]);
  });
});
