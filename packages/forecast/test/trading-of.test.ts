import { type SeriesSet, seriesFromArrays, windows } from '@nt/data';
import { expect, it } from 'vitest';
import { backtest, evaluate, naive, rulePredictor, tradingOf } from '../src/index.ts';
import { forecastReturns, tradingReport } from '../src/trading/index.ts';

/** Prices that walk at random, by seed. */
function prices(seeds: readonly number[], length = 400): SeriesSet {
  const walk = (seed: number): number[] => {
    let state = seed;
    let price = 100;
    return Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      price *= 1 + 0.02 * (state / 2 ** 32 - 0.5);
      return price;
    });
  };
  return seriesFromArrays(
    seeds.map((seed) => ({ id: `p${seed}`, values: walk(seed), start: '2024-01-01' })),
    { frequency: 'day' },
  );
}

/** Knows the price to come, but for its own noise. */
const insider = rulePredictor('insider', 2, ({ values, offsets }, series, origin) =>
  [0, 1].map((step) => values[offsets[series]! + origin + step]! * (1 + 0.002 * Math.sin(origin * 12.9898))),
);
/** Follows the last move. */
const momentum = rulePredictor('momentum', 2, ({ values, offsets }, series, origin) => {
  const [last, before] = [values[offsets[series]! + origin - 1]!, values[offsets[series]! + origin - 2]!];
  return [2 * last - before, 3 * last - 2 * before];
});
const walk = { folds: 4, testSize: 40, trading: true } as const;

it('says no edge over a random walk of a rule on a random walk, and of the random walk itself', async () => {
  for (const method of [momentum, naive(2)]) {
    const { trading } = await backtest(method, prices([7]), walk);
    expect(trading!.verdict).toMatchObject({ edge: 'none', text: 'no edge over a random walk' });
    expect(trading!.series).toHaveLength(1);
  }
});

it('finds an edge where there is one', async () => {
  const { trading } = await backtest(insider, prices([7]), walk);
  expect(trading!.verdict.edge).toBe('after-costs');
  expect(trading!.series[0]!.report.direction.estimate).toBeGreaterThan(0.8);
});

it('is the trading report of the returns from the last known price, origins in their places', async () => {
  const set = prices([7]);
  const { table } = await backtest(momentum, set, { folds: 2, testSize: 30 });
  const { values } = set;
  const origins = table.places.map(({ origin }) => origin);
  const { predicted, realised } = forecastReturns({
    last: origins.map((origin) => values[origin - 1]!),
    actual: table.actual,
    forecast: table.methods[0]!.point,
    horizon: 2,
    step: 1,
  });
  // One origin lies between the folds: from the last of the first, its second step is the next fold's first.
  const spread = (all: Float64Array): number[] => [...all.slice(0, 29), Number.NaN, ...all.slice(29)];
  const returns = { predicted: spread(predicted), realised: spread(realised), horizon: 1, stride: 1 };
  const found = tradingOf(table, { step: 1, trials: 5, fee: 0.002 });
  expect(found).toMatchObject({ method: 'momentum', step: 1, trials: 5, notes: [] });
  expect(found.series[0]!.report).toEqual(tradingReport(returns, { trials: 5, fee: 0.002 }));
  expect(tradingOf({ table }, { step: 1, trials: 5, fee: 0.002 })).toEqual(found);
});

it('several series are judged one by one, each allowing for having looked at all', async () => {
  const set = prices([1, 2, 3]);
  const { trading } = await backtest(momentum, set, { ...walk, trading: { trials: 4 } });
  expect(trading).toMatchObject({ trials: 12, verdict: { edge: 'none' } });
  expect(trading!.verdict.text).toBe('no edge over a random walk in any of 3 series');
  expect(trading!.notes[0]).toMatch(/3 series, each judged on its own; 12 trials are allowed for \(4 × 3 series\)/);
  expect(trading!.series.map(({ id, report }) => [id, report.sharpe.trials])).toEqual([
    ['p1', 12],
    ['p2', 12],
    ['p3', 12],
  ]);
  const lucky = await backtest(insider, set, walk);
  expect(lucky.trading!.verdict.text).toMatch(/an edge over a random walk, after costs, in 3 of 3 series: p1, p2, p3/);
});

it('stands in an evaluation as well, of any method, at any step', async () => {
  const set = prices([7]);
  const asked = windows(set, { inputSize: 2, horizon: 2 });
  const { trading } = await evaluate([momentum, insider], asked, { trading: { method: 'insider', step: 1 } });
  expect(trading).toMatchObject({ method: 'insider', step: 1, verdict: { edge: 'after-costs' } });
  expect((await evaluate([momentum], asked)).trading).toBeUndefined();
  await expect(evaluate([momentum], asked, { trading: { method: 'x' } })).rejects.toThrow(
    /method: expected one of momentum/,
  );
  await expect(evaluate([momentum], asked, { trading: { step: 3 } })).rejects.toThrow(/step: expected 1 to 2, got 3/);
  await expect(evaluate([momentum], asked, { trading: { fea: 3 } as never })).rejects.toThrow(
    /no trading option 'fea'/,
  );
});

it('prices of 0 are an error, or left out and said', async () => {
  const set = prices([7]);
  set.values[390] = 0;
  await expect(backtest(momentum, set, walk)).rejects.toThrow(/nonPositive: 'skip'/);
  const { trading } = await backtest(momentum, set, { ...walk, trading: { nonPositive: 'skip' } });
  expect(trading!.notes).toEqual([expect.stringMatching(/2 origins have no return: a price is 0 or less/)]);
});
