import { type SeriesSet, seriesValues } from '@nt/data';
import { describe, expect, it } from 'vitest';
import { backtest, seasonalNaive } from '../src/index.ts';
import { noisySeries } from './noisy-series.ts';

describe('rolling conformal intervals', () => {
  const noisy = noisySeries(600);

  it('cover what they say over the folds, and widen where errors grow', async () => {
    const rolling = { folds: 8, testSize: 50, rivals: [], rollingConformal: { learningRate: 0.02 }, levels: [80, 95] };
    const { rollingConformal, table } = await backtest(seasonalNaive(3, 7), noisy, rolling);
    for (const { level, coverage, width, unjudged } of rollingConformal!.scores) {
      expect(Math.abs(coverage - level / 100)).toBeLessThan(0.03);
      expect(width).toBeGreaterThan(0);
      expect(unjudged).toBe(1 + 2 + 3);
    }
    expect(rollingConformal!.method).toBe('seasonal naive');
    expect(rollingConformal!.intervals[0]!.lower).toHaveLength(table.actual.length);
  });

  it('look at nothing behind an origin: changed later values change no earlier interval', async () => {
    const changed = noisySeries(600);
    const from = 500;
    seriesValues(changed, 0).subarray(from).fill(1e6);
    const run = async (data: SeriesSet) =>
      (await backtest(seasonalNaive(3, 7), data, { folds: 4, testSize: 50, rollingConformal: true })) as never as {
        table: { places: { origin: number }[] };
        rollingConformal: { intervals: { lower: Float64Array; upper: Float64Array }[] };
      };
    const [one, other] = [await run(noisy), await run(changed)];
    const rows = one.table.places.filter(({ origin }) => origin <= from).length;
    expect(rows).toBeGreaterThan(90);
    for (const [i, { lower, upper }] of one.rollingConformal.intervals.entries()) {
      const others = other.rollingConformal.intervals[i]!;
      expect(others.lower.slice(0, rows * 3)).toEqual(lower.slice(0, rows * 3));
      expect(others.upper.slice(0, rows * 3)).toEqual(upper.slice(0, rows * 3));
    }
    expect(other.rollingConformal.intervals[0]!.lower).not.toEqual(one.rollingConformal.intervals[0]!.lower);
  });
});
