import { type SeriesSet, windows } from '@nt/data';
import { describe, expect, it } from 'vitest';
import {
  type BacktestOptions,
  backtest,
  backtestFold,
  conformal,
  type Estimator,
  type FoldForecasts,
  mergeFolds,
  naive,
} from '../src/index.ts';
import { madeSeries } from './made-series.ts';

const horizon = 7;
const set: SeriesSet = madeSeries();
const walk: BacktestOptions = { folds: 2, testSize: 14, rivals: [] };

/** Calibrated on so many windows of each series, fold by fold: which levels it can give is another matter in each. */
function calibratedOn(counts: readonly number[]): Estimator {
  let fold = 0;
  return {
    method: 'calibrated',
    horizon,
    fit: async ({ set: data, split: { train } }) => {
      const steps = counts[fold++]! + horizon - 1;
      const ranges = { starts: train.ends.map((end) => end - steps), ends: train.ends };
      return conformal(naive(horizon), windows(data, { inputSize: 1, horizon, ranges }), { method: 'split' });
    },
  };
}

const levelsOf = ({ rows }: { rows: readonly { intervals: readonly { level: number }[] }[] }): number[] =>
  rows[0]!.intervals.map(({ level }) => level);

describe('folds that were judged by different quantiles', () => {
  // Of 2 series: 10 windows allow 90 %, 40 both usual levels, 2 none of them.
  it.each([[[5, 20]], [[20, 5]]])('%j windows: the whole has what all have, by value', async (counts) => {
    const { evaluation, folds, table } = await backtest(calibratedOn(counts), set, walk);
    const each = counts.map((count) => (count === 5 ? [80] : [80, 95]));
    expect(folds.map((fold) => levelsOf(fold.evaluation))).toEqual(each);
    expect(levelsOf(evaluation)).toEqual([80]);
    expect(table.quantiles).toEqual([0.1, 0.9]);
    const widthOf = ({ rows }: typeof evaluation): number => rows[0]!.intervals[0]!.width;
    expect(widthOf(evaluation)).toBeCloseTo((widthOf(folds[0]!.evaluation) + widthOf(folds[1]!.evaluation)) / 2, 9);
  });

  it.each([[[1, 20]], [[20, 1]]])('%j windows: none in common is an error that leaves a way', async (counts) => {
    const folds: FoldForecasts[] = [];
    const own = calibratedOn(counts);
    for (const fold of [0, 1]) folds.push(await backtestFold(fold, own, set, walk));
    expect(() => mergeFolds(folds, set, walk)).toThrow(
      expect.objectContaining({
        code: 'forecast/fold',
        message: expect.stringMatching(/no quantile in common: fold 0 .*fold 1 .*quantiles: \[\]/),
      }),
    );
    const { evaluation } = mergeFolds(folds, set, { ...walk, quantiles: [] });
    expect([levelsOf(evaluation), evaluation.windows]).toEqual([[], 32]);
  });

  it('a fold with columns that it has no names for is damaged', async () => {
    const own = calibratedOn([20, 20]);
    const [first, second] = [await backtestFold(0, own, set, walk), await backtestFold(1, own, set, walk)];
    const cut = { ...second, quantiles: second.quantiles.slice(1) };
    expect(() => mergeFolds([first, cut], set, walk)).toThrow(/Fold 1 .*naive, conformal has 4 of 3 quantiles/);
  });
});
