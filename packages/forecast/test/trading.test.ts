import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../src/statistics/normal.ts';
import {
  costSweep,
  deflatedSharpe,
  directionInterval,
  forecastReturns,
  maxDrawdown,
  probabilisticSharpe,
  type ReturnForecasts,
  sharpeRatio,
  tradingReport,
} from '../src/trading/index.ts';
import { readGolden, worstDifference } from './golden-file.ts';
import { tolerances } from './tolerances.ts';

const nan = Number.NaN;
interface Golden {
  readonly sharpe: {
    returns: number[];
    benchmark: number;
    trials: number;
    trialVariance: number;
    sharpe: number;
    probability: number;
    deflatedBenchmark: number;
    deflated: number;
    maxDrawdown: number;
  }[];
  readonly costs: {
    predicted: number[];
    realised: number[];
    horizon: number;
    stride: number;
    short: boolean;
    fees: number[];
    totalReturns: number[];
  }[];
}
const golden = readGolden<Golden>('trading');

it.each(golden.sharpe)('Sharpe ratios of $returns.length returns and $trials trials equal scipy', (row) => {
  const { returns, benchmark, trials, trialVariance } = row;
  const plain = probabilisticSharpe(returns, benchmark);
  const deflated = deflatedSharpe(returns, { trials, trialVariance });
  expect(
    worstDifference(
      [plain.sharpe, plain.probability, deflated.benchmark, deflated.probability, maxDrawdown(returns)],
      [row.sharpe, row.probability, row.deflatedBenchmark, row.deflated, row.maxDrawdown],
    ),
  ).toBeLessThan(tolerances.distribution);
});

describe.each(golden.costs)('costs of $horizon steps every $stride, short: $short', (row) => {
  const { fees, short } = row;
  const sweep = costSweep(row, { fees, short });

  it('equal a plain loop', () => {
    const totals = sweep.rows.map(({ totalReturn }) => totalReturn);
    expect(worstDifference(totals, row.totalReturns)).toBeLessThan(tolerances.distribution);
  });

  it('are nothing at the break-even fee, and more at a higher one', () => {
    const at = (fee: number): number => costSweep(row, { fees: [fee], short }).rows[0]!.totalReturn;
    expect(sweep.breakEvenFee).toBeGreaterThan(0);
    expect(at(sweep.breakEvenFee)).toBeCloseTo(0, 10);
    expect(at(1.1 * sweep.breakEvenFee)).toBeLessThan(0);
  });
});

it('fees: kept positions pay once in and once out, turned ones pay twice', () => {
  const legs = (predicted: number[], others: Partial<ReturnForecasts> = {}): number =>
    2 * costSweep({ predicted, realised: predicted.map(() => 0.01), ...others }).trades;
  expect(legs([1, 1, 1])).toBe(2);
  expect(legs([1, -1, 1])).toBe(6);
  expect(legs([1, 0, 1])).toBe(4);
  expect(legs([0, 0])).toBe(0);
  expect(legs([1, nan, 1])).toBe(4);
  expect(legs([1, 1], { stride: 2 })).toBe(4);
  expect(legs([1, 1, 1, 1], { horizon: 2 })).toBe(2);
});

it('a signal that trades nothing, loses at once, or loses everything', () => {
  expect(costSweep({ predicted: [0, 0], realised: [0.1, 0.1] }).breakEvenFee).toBeNaN();
  expect(costSweep({ predicted: [1], realised: [-0.5] }).breakEvenFee).toBeLessThan(0);
  const ruined = costSweep({ predicted: [-1, 1], realised: [1.5, 0.5] });
  expect(ruined.rows[0]).toMatchObject({ totalReturn: -1, maxDrawdown: 1 });
});

it('overlapping and unknown origins are left out of the trades, and counted', () => {
  const sweep = costSweep({ predicted: [1, 1, 1, 1, 1, 1, 1], realised: [1, 1, 1, nan, 1, 1, 1], horizon: 3 });
  expect(sweep).toMatchObject({ periods: 2, overlapping: 4, unknown: 1 });
});

it('returns from prices: to the step asked for, and no return through 0', () => {
  const prices = { last: [10, 20], actual: [11, 12, 20, 10], forecast: [12, 15, nan, 30], horizon: 2 };
  expect(forecastReturns(prices)).toMatchObject({ horizon: 2, skipped: 0 });
  expect([...forecastReturns(prices).realised]).toEqual([12 / 10 - 1, -0.5]);
  expect([...forecastReturns({ ...prices, step: 1 }).predicted]).toEqual([12 / 10 - 1, nan]);
  const oil = { last: [18.27, -36.98], actual: [-36.98, 8.91], forecast: [18, 9], horizon: 1 };
  expect(() => forecastReturns(oil)).toThrow(/origin 0 has the price -36.98.*nonPositive: 'skip'/);
  expect(forecastReturns({ ...oil, nonPositive: 'skip' })).toMatchObject({ skipped: 2 });
});

it('Sharpe ratios of too little', () => {
  expect(sharpeRatio([])).toBeNaN();
  expect(sharpeRatio([0.1])).toBeNaN();
  expect(sharpeRatio([0.1, 0.1, 0.1])).toBeNaN();
  expect(probabilisticSharpe([0.1, 0.2]).probability).toBeNaN();
  expect(maxDrawdown([])).toBe(0);
});

it('deflation: one trial is the probabilistic ratio, more trials are less sure', () => {
  const { returns } = golden.sharpe[0]!;
  expect(deflatedSharpe(returns).probability).toBe(probabilisticSharpe(returns).probability);
  const sure = [1, 10, 1000].map((trials) => deflatedSharpe(returns, { trials }).probability);
  expect([...sure].sort((a, b) => b - a)).toEqual(sure);
  expect(deflatedSharpe(returns, { trials: 10 }).trialVariance).toBeCloseTo(1 / (returns.length - 1), 12);
});

it('the direction interval is Wilson’s, or of blocks where origins overlap', () => {
  const realised = Array.from({ length: 100 }, (_, i) => (i % 3 === 0 ? -0.01 : 0.01));
  const predicted = realised.map((value, i) => (i % 4 === 0 ? -value : value));
  // 75 of 100: Wilson's 95 % interval, as in statsmodels' proportion_confint(75, 100, method='wilson').
  const direction = directionInterval({ predicted, realised });
  expect(direction).toMatchObject({ estimate: 0.75, moves: 100, interval: 'wilson' });
  expect(direction.lower).toBeCloseTo(0.656955364519384, 10);
  expect(direction.upper).toBeCloseTo(0.8245478863771232, 10);
  expect(directionInterval({ predicted, realised, horizon: 4 }).interval).toBe('block-bootstrap');
  expect(directionInterval({ predicted: [0, 0], realised: [1, -1] })).toMatchObject({ estimate: 0.5 });
  expect(directionInterval({ predicted: [], realised: [] })).toMatchObject({ estimate: nan, lower: 0, upper: 1 });
});

/** Returns of `horizon` steps of a random walk; the forecast knows a share of what comes. */
function market(seed: number, { origins = 300, horizon = 1, known = 0 } = {}): ReturnForecasts {
  const random = xoroshiro128plus(seed);
  const draw = (): number => normalQuantile(uniformFloat64(random) * 0.999998 + 1e-6);
  const steps = Array.from({ length: origins + horizon }, () => 0.01 * draw());
  const realised = Array.from({ length: origins }, (_, t) =>
    steps.slice(t, t + horizon).reduce((sum, step) => sum + step, 0),
  );
  const predicted = realised.map((value) => known * value + (1 - known) * 0.003 * draw());
  return { predicted, realised, horizon };
}

it.each([1, 5])('a random walk of %i-step returns has no edge, whatever the seed', (horizon) => {
  const edges = Array.from({ length: 25 }, (_, seed) => tradingReport(market(seed + 1, { horizon })).verdict.edge);
  expect(edges.filter((edge) => edge !== 'none').length).toBeLessThanOrEqual(1);
});

it('what knows a part of the future has an edge, and costs may take it', () => {
  const returns = market(1, { known: 0.3 });
  const after = tradingReport(returns);
  expect(after.verdict).toMatchObject({ edge: 'after-costs', text: 'an edge over a random walk, after costs' });
  const { breakEvenFee } = after.costs;
  expect(tradingReport(returns, { fee: breakEvenFee }).verdict.edge).toBe('before-costs');
});

it('trials make the verdict harder', () => {
  const returns = market(3, { known: 0.1, origins: 120 });
  const once = tradingReport(returns, { fee: 0 });
  const often = tradingReport(returns, { fee: 0, trials: 1e9 });
  expect(once.verdict.edge).toBe('after-costs');
  expect(often.verdict.edge).toBe('none');
  expect(often.verdict.reasons.join()).toMatch(/with 1000000000 trials/);
});

it('the random walk itself, and too little data, have no edge', () => {
  const realised = [0.01, -0.02, 0.01, 0.03, -0.01];
  const walk = tradingReport({ predicted: [0, 0, 0, 0, 0], realised });
  expect(walk.verdict).toMatchObject({ edge: 'none', text: 'no edge over a random walk' });
  expect(walk).toMatchObject({ direction: { estimate: 0.5 }, randomWalk: { pValue: 1 }, ic: { estimate: nan } });
  expect(tradingReport({ predicted: [], realised: [] }).verdict.edge).toBe('none');
  expect(tradingReport({ predicted: [0.1], realised: [0.1] }).verdict.edge).toBe('none');
});

it('overlap is said', () => {
  const report = tradingReport(market(2, { horizon: 5 }));
  expect(report).toMatchObject({ overlap: 5, rankIc: { interval: 'block-bootstrap' }, randomWalk: { lags: 4 } });
  expect(report.notes).toEqual([
    expect.stringMatching(/returns of 5 origins in a row overlap.*60 origins.*240 left out/),
  ]);
  expect(tradingReport(market(2)).notes).toEqual([]);
  expect(tradingReport({ predicted: [1, nan], realised: [1, 1] }).notes).toEqual([expect.stringMatching(/^1 origins/)]);
});

it('every option has an effect', () => {
  const returns = market(4, { known: 0.1, horizon: 2 });
  const plain = tradingReport(returns);
  expect(tradingReport(returns)).toEqual(plain);
  expect(tradingReport(returns, { seed: 2 }).rankIc.lower).not.toBe(plain.rankIc.lower);
  expect(tradingReport(returns, { level: 0.5 }).ic.lower).toBeGreaterThan(plain.ic.lower);
  expect(tradingReport(returns, { loss: 'squared' }).randomWalk.statistic).not.toBe(plain.randomWalk.statistic);
  expect(tradingReport(returns, { short: false }).costs.trades).toBeLessThan(plain.costs.trades);
  expect(tradingReport(returns, { fees: [0.1] }).costs.rows.map(({ fee }) => fee)).toEqual([0.1]);
  expect(tradingReport(returns, { trials: 9, trialVariance: 4 }).sharpe.benchmark).toBeGreaterThan(1);
});

const one = { predicted: [0.1], realised: [0.1] };
const refused: readonly (readonly [string, () => unknown, RegExp])[] = [
  ['a fee in percent', () => costSweep(one, { fees: [10] }), /fraction >= 0 and < 1/],
  ['a fee below 0', () => tradingReport(one, { fee: -0.1 }), /fraction/],
  ['no trial', () => tradingReport(one, { trials: 0 }), /trials: expected a number >= 1/],
  ['a variance below 0', () => deflatedSharpe([1, 2], { trialVariance: -1 }), /trialVariance/],
  ['another loss', () => tradingReport(one, { loss: 'mse' as never }), /absolute, squared/],
  ['a level in percent', () => tradingReport(one, { level: 95 }), /between 0 and 1/],
  ['an unknown option', () => tradingReport(one, { cost: 1 } as never), /did you mean/],
  ['returns of two lengths', () => tradingReport({ predicted: [1], realised: [1, 2] }), /as many as predicted/],
  [
    'a step past the horizon',
    () => forecastReturns({ last: [1], actual: [1], forecast: [1], horizon: 1, step: 2 }),
    /1 to 1/,
  ],
  [
    'prices of another length',
    () => forecastReturns({ last: [1], actual: [1], forecast: [1], horizon: 2 }),
    /1 origins × 2/,
  ],
];

it.each(refused)('refuses %s', (_, call, message) => {
  expect(call).toThrow(message);
  expect(call).toThrow(expect.objectContaining({ name: 'ForecastError' }));
});
