import { seriesValues } from '@nt/data';
import { describe, expect, it } from 'vitest';
import {
  type BacktestEvent,
  type BacktestOptions,
  backtest,
  backtestFold,
  type Estimator,
  type FoldForecasts,
  mergeFolds,
  naive,
  type Predictor,
  rulePredictor,
  seasonalNaive,
} from '../src/index.ts';
import { dieboldMariano } from '../src/statistics/index.ts';
import { madeSeries } from './made-series.ts';
import { noisySeries } from './noisy-series.ts';

const horizon = 7;
const set = madeSeries();
const walk: BacktestOptions = { folds: 3, testSize: 14 };

/** Learns one number of each series: its mean over the training part; a warm start moves half of the way there. */
function meanOfTrain(fits: { fold: number[]; from: (string | null)[]; disposed: number }): Estimator {
  return {
    method: 'mean of train',
    horizon,
    async fit({ set: data, split, from }) {
      fits.fold.push(split.train.ends[0]!);
      fits.from.push(from?.method ?? null);
      const means = data.ids.map((_, series) => {
        const part = seriesValues(data, series).slice(split.train.starts[series]!, split.train.ends[series]!);
        return Array.from(part).reduce((a, b) => a + b, 0) / part.length;
      });
      const before = (from as (Predictor & { means: number[] }) | null)?.means ?? means;
      const learnt = means.map((mean, series) => (mean + before[series]!) / 2);
      const rule = rulePredictor('mean of train', horizon, (_, series) => Array(horizon).fill(learnt[series]));
      return {
        ...rule,
        means: learnt,
        dispose: () => {
          fits.disposed += 1;
        },
      } as Predictor;
    },
  };
}
const counter = () => ({ fold: [] as number[], from: [] as (string | null)[], disposed: 0 });

describe('backtest', () => {
  it('forecasts every window of every test part, and none of their targets is known to training', async () => {
    const { evaluation, folds, table } = await backtest(naive(horizon), set, walk);
    expect(evaluation).toMatchObject({ horizon, windows: 3 * 2 * 8, series: 2 });
    expect(folds.map(({ evaluation: { windows } }) => windows)).toEqual([16, 16, 16]);
    expect(folds.map(({ trainSteps }) => trainSteps)).toEqual([2 * 118, 2 * 132, 2 * 146]);
    expect(table.places.filter(({ series }) => series === 1).map(({ origin }) => origin)).toEqual(
      [118, 132, 146].flatMap((start) => Array.from({ length: 8 }, (_, i) => start + i)),
    );
    expect(evaluation.rows.map(({ method }) => method)).toEqual([
      ...['naive', 'naive', 'seasonal naive', 'window average', 'drift', 'mean'],
    ]);
  });

  it('the whole is the mean of its folds, by step and by series too', async () => {
    const { evaluation, folds } = await backtest(naive(horizon), set, walk);
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    const of = (pick: (row: (typeof evaluation.rows)[0]) => number): number =>
      mean(folds.map((fold) => pick(fold.evaluation.rows[0]!)));
    const row = evaluation.rows[0]!;
    expect(row.mae).toBeCloseTo(
      of(({ mae }) => mae),
      9,
    );
    expect(row.maeOfStep[6]).toBeCloseTo(
      of(({ maeOfStep }) => maeOfStep[6]!),
      9,
    );
    expect(row.maeOfSeries[1]).toBeCloseTo(
      of(({ maeOfSeries }) => maeOfSeries[1]!),
      9,
    );
  });

  it.each([
    ['never', [118], [null], [0, 0, 0]],
    [1, [118, 132, 146], [null, null, null], [0, 1, 2]],
    [2, [118, 146], [null, null], [0, 0, 2]],
    ['warm', [118, 132, 146], [null, 'mean of train', 'mean of train'], [0, 1, 2]],
  ] as const)('refit: %s trains when it says so and frees everything', async (refit, fold, from, trainedIn) => {
    const fits = counter();
    const report = await backtest(meanOfTrain(fits), set, { ...walk, refit });
    expect(fits).toEqual({ fold, from, disposed: fold.length });
    expect(report.folds.map((one) => one.trainedIn)).toEqual(trainedIn);
    expect(report.refit).toBe(refit);
  });

  it('rivals may be estimators, and are what the subject is measured against', async () => {
    const fits = counter();
    const rivals = [meanOfTrain(fits), seasonalNaive(horizon, 7)];
    const { evaluation } = await backtest(naive(horizon), set, { ...walk, rivals });
    expect(fits.disposed).toBe(3);
    expect(evaluation.skill).toMatchObject({ against: 'seasonal naive', verdict: 'worse' });
  });

  it('the test of skill counts lags in time: folds that do not overlap are independent, within a fold they are not', async () => {
    const one = noisySeries(200);
    const [apart, together] = [
      await backtest(seasonalNaive(horizon, 7), one, { folds: 12, testSize: 7, rivals: [naive(horizon)] }),
      await backtest(seasonalNaive(horizon, 7), one, { folds: 3, testSize: 28, rivals: [naive(horizon)] }),
    ];
    const losses = (method: number) => apart.folds.map(({ evaluation }) => evaluation.rows[method]!.mae);
    expect(apart.evaluation.skill!.pValue).toBeCloseTo(dieboldMariano(losses(0), losses(1)).pValue, 12);
    const { actual, methods, places } = together.table;
    const inTime = (method: number): number[] => {
      const all: number[] = Array(3 * 28).fill(Number.NaN);
      places.forEach(({ origin }, row) => {
        const errors = Array.from({ length: 7 }, (_, h) =>
          Math.abs(actual[row * 7 + h]! - methods[method]!.point[row * 7 + h]!),
        );
        all[origin - places[0]!.origin] = errors.reduce((a, b) => a + b, 0) / 7;
      });
      return all.slice(0, 2 * 28 + 22);
    };
    const test = dieboldMariano(inTime(0), inTime(1), { horizon });
    expect(together.evaluation.skill!.pValue).toBeCloseTo(test.pValue, 12);
  });

  it('stride, gap, purge and embargo are counted', async () => {
    const counted = { ...walk, stride: 7, gap: 2, purge: 3, embargo: 4 };
    const { folds, unused, evaluation } = await backtest(naive(horizon), set, counted);
    expect(evaluation.windows).toBe(3 * 2 * 2);
    expect(folds.map((fold) => fold.unused)).toEqual([
      { gap: 4, purge: 2, embargo: 0 },
      { gap: 4, purge: 2, embargo: 0 },
      { gap: 4, purge: 2, embargo: 8 },
    ]);
    expect(unused).toEqual({ gap: 12, purge: 6, embargo: 8 });
    expect(folds[2]!.trainSteps).toBe(2 * (146 - 3 - 4));
  });

  it('the same forecasts in one go, fold by fold in any order, and through JSON', async () => {
    const judged = { ...walk, refit: 'warm', rollingConformal: true } as const;
    const whole = await backtest(meanOfTrain(counter()), set, judged);
    const folds: FoldForecasts[] = [];
    for (const fold of [2, 0, 1]) folds.push(await backtestFold(fold, meanOfTrain(counter()), set, judged));
    expect(mergeFolds(JSON.parse(JSON.stringify(folds)), set, judged)).toEqual(whole);
  });

  it('goes on from finished folds, and hands out each with its progress', async () => {
    const events: BacktestEvent[] = [];
    const stop = new AbortController();
    const onEvent = (event: BacktestEvent): void => {
      events.push(event);
      if (event.type === 'fold-end' && event.fold === 1) stop.abort(new Error('enough'));
    };
    const fits = counter();
    await expect(backtest(meanOfTrain(fits), set, { ...walk, onEvent, signal: stop.signal })).rejects.toThrow('enough');
    expect(events.map(({ type, fold }) => `${type} ${fold}`)).toEqual(
      [0, 1, 2]
        .flatMap((fold) => ['fold-start', 'fit-start', 'fit-end', 'fold-end'].map((type) => `${type} ${fold}`))
        .slice(0, 9),
    );
    expect(fits.disposed).toBe(2);
    const finished = events.flatMap((event) => (event.type === 'fold-end' ? [event.forecasts] : []));
    const rest = counter();
    const report = await backtest(meanOfTrain(rest), set, { ...walk, finished });
    expect(rest.fold).toEqual([146]);
    expect(report).toEqual(await backtest(meanOfTrain(counter()), set, walk));
  });

  it('frees what it trained when a fold fails', async () => {
    const fits = counter();
    const failing: Predictor = {
      ...naive(horizon),
      predictWindows: async () => {
        throw new Error('no');
      },
    };
    await expect(backtest(meanOfTrain(fits), set, { ...walk, rivals: [failing] })).rejects.toThrow('no');
    expect(fits.disposed).toBe(1);
  });

  it.each([
    [{ folds: 3, testSize: 6 }, /testSize: expected an integer >= 7, got 6/],
    [{ folds: 3, testSize: 14, step: 7 }, /step: expected more than testSize − horizon = 7/],
    [{ folds: 3, testSize: 14, refit: 0 }, /refit: expected 'never', 'warm' or a number of folds/],
    [{ folds: 3, testSize: 14, stride: 0 }, /stride: expected an integer >= 1/],
    [{ folds: 3, testSize: 14, embago: 2 }, /no backtest option 'embago'; did you mean 'embargo'/],
    [{ folds: 3, testSize: 14, strict: true }, /no backtest option 'strict'/],
    [{ folds: 30, testSize: 14 }, /fold 1 of 30 has no training steps/],
    [{ folds: 3, testSize: 14, rivals: [naive(3)] }, /rivals: expected the horizon of naive, 7, got 3/],
    [{ folds: 3, testSize: 14, levels: [80] }, /naive gives no quantiles/],
    [{ folds: 3, testSize: 14, rollingConformal: { gamma: 1 } }, /no rollingConformal option 'gamma'/],
    [{ folds: 3, testSize: 14, trading: { fea: 1 } }, /no trading option 'fea'; did you mean 'fee'/],
  ])('%j is refused', async (wrong, message) => {
    await expect(backtest(naive(horizon), set, wrong as never)).rejects.toThrow(message);
  });

  it('folds that are missing, damaged or of another backtest are named', async () => {
    const folds: FoldForecasts[] = [];
    for (const fold of [0, 1, 2]) folds.push(await backtestFold(fold, naive(horizon), set, walk));
    const [first, second] = folds as [FoldForecasts, FoldForecasts];
    expect(() => mergeFolds([], set, walk)).toThrow(/Fold 0 of the backtest: missing/);
    expect(() => mergeFolds(folds.slice(1), set, walk)).toThrow(/Fold 0 .* missing; there are 2 of 3/);
    expect(() => mergeFolds(folds, madeSeries(161), walk)).toThrow(/of another backtest: data differ/);
    expect(() => mergeFolds(folds, set, { ...walk, gap: 1 })).toThrow(/another backtest: walk differ/);
    const cut = { ...second, methods: second.methods.map((one) => ({ ...one, point: one.point.slice(0, 40) })) };
    expect(() => mergeFolds([first, cut, folds[2]!], set, walk)).toThrow(/Fold 1 .* expected 16 windows × 7 steps/);
    expect(() => mergeFolds([{} as FoldForecasts], set, walk)).toThrow(/expected format 'nt-backtest-fold'/);
    await expect(backtest(seasonalNaive(horizon, 7), set, { ...walk, finished: folds })).rejects.toThrow(
      /methods differ/,
    );
    await expect(backtestFold(3, naive(horizon), set, walk)).rejects.toThrow(/fold: expected 0 to 2, got 3/);
  });
});
