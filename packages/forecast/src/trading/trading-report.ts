import { badArgument, checkFlag, checkFraction, checkInteger, checkKeys, checkList } from '../check-arguments.ts';
import { type CorrelationInterval, correlationInterval } from '../statistics/correlation-interval.ts';
import { type DieboldMariano, dieboldMariano } from '../statistics/diebold-mariano.ts';
import { overlapOf } from '../statistics/overlap.ts';
import { type CostSweep, type CostSweepOptions, checkFee, costSweep, netReturns, usualFees } from './cost-sweep.ts';
import { type DirectionInterval, directionInterval } from './direction-interval.ts';
import { type DeflatedSharpeOptions, deflatedSharpe } from './sharpe-ratio.ts';
import { type ReturnForecasts, signTrades } from './sign-trades.ts';
import { type Verdict, verdict } from './verdict.ts';

const losses = ['absolute', 'squared'] as const;

/** The options of `tradingReport`. */
export const tradingReportKeys: readonly string[] = [
  'fee',
  'fees',
  'short',
  'trials',
  'trialVariance',
  'level',
  'seed',
  'loss',
];

/** Options of `tradingReport`. */
export interface TradingReportOptions extends CostSweepOptions, DeflatedSharpeOptions {
  /** that the verdict is about: fraction of the traded value, on entry and on exit; default 0.001. One of `fees` by itself */
  readonly fee?: number | undefined;
  /** of all intervals, and how sure the verdict must be; default 0.95 */
  readonly level?: number | undefined;
  /** of the bootstrap; default 1 */
  readonly seed?: number | undefined;
  /** errors that are compared with the random walk's; default `absolute` */
  readonly loss?: (typeof losses)[number] | undefined;
}

/**
 * Checks everything before anything is trained: a backtest judges when hours of it are over.
 *
 * @throws ForecastError `forecast/option`
 */
export function checkTradingReportOptions(owner: string, options: TradingReportOptions): void {
  const {
    fee = 0,
    fees = [],
    short,
    trials = 1,
    trialVariance = 0,
    level = 0.95,
    seed = 1,
    loss = 'absolute',
  } = options;
  checkList(`${owner}: fees`, fees, 'fractions');
  for (const one of [fee, ...fees]) checkFee(owner, one);
  checkFlag(`${owner}: short`, short);
  if (!(Number.isFinite(trials) && trials >= 1))
    throw badArgument(`${owner}: trials: expected a number >= 1, got ${trials}.`);
  if (!(Number.isFinite(trialVariance) && trialVariance >= 0)) {
    throw badArgument(`${owner}: trialVariance: expected a number >= 0, got ${trialVariance}.`);
  }
  checkFraction(owner, 'level', level);
  checkInteger(`${owner}: seed`, seed, 0);
  if (!losses.includes(loss)) throw badArgument(`${owner}: loss: expected one of ${losses.join(', ')}, got ${loss}.`);
}

/** What a forecast of prices is worth to a trader. */
export interface TradingReport {
  /** origins of which forecast and return are known */
  readonly origins: number;
  /** origins in a row that share time steps; 1 = none overlap */
  readonly overlap: number;
  readonly direction: DirectionInterval;
  /** information coefficient: correlation of predicted and realised returns over the origins */
  readonly ic: CorrelationInterval;
  /** the same of their ranks */
  readonly rankIc: CorrelationInterval;
  /** against the forecast of no return; below 0 = smaller errors than the random walk */
  readonly randomWalk: DieboldMariano;
  readonly costs: CostSweep;
  /** of the sign signal after `fee`, per period */
  readonly sharpe: ReturnType<typeof deflatedSharpe>;
  readonly verdict: Verdict;
  /** how overlapping origins were treated, and what was left out */
  readonly notes: readonly string[];
}

/**
 * Direction, information coefficients, costs, Sharpe ratios and the verdict (rule: `verdict`) for one series.
 *
 * Overlapping returns are never taken for independent: intervals come from blocks, the test against the random walk has
 * autocovariances up to the overlap, and the sign signal trades only origins that do not overlap; `notes` say so.
 *
 * @param returns from `forecastReturns`, with the stride of the origins
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 */
export function tradingReport(returns: ReturnForecasts, options: TradingReportOptions = {}): TradingReport {
  const owner = 'tradingReport';
  checkKeys(owner, options, tradingReportKeys);
  const { fee = 0.001, fees, short = true, trials = 1, trialVariance, level = 0.95, seed, loss = 'absolute' } = options;
  checkTradingReportOptions(owner, options);
  const costs = costSweep(returns, { fees: fees ?? withFee(fee), short });
  const { predicted, realised, horizon, stride } = returns;
  const about = { horizon, stride, level, seed };
  const sizeOf = loss === 'absolute' ? Math.abs : (error: number): number => error * error;
  const ownLoss = Float64Array.from(predicted, (value, i) => sizeOf(realised[i]! - value));
  const walkLoss = Float64Array.from(predicted, (_, i) => sizeOf(realised[i]!));
  const randomWalk = dieboldMariano(ownLoss, walkLoss, { horizon, stride, alternative: 'first-better' });
  const rankIc = correlationInterval(predicted, realised, { ...about, kind: 'spearman' });
  const sharpe = deflatedSharpe(netReturns(signTrades(returns, short), fee), { trials, trialVariance });
  const overlap = overlapOf(returns);
  return {
    origins: rankIc.pairs,
    overlap,
    direction: directionInterval(returns, { level, seed }),
    ic: correlationInterval(predicted, realised, about),
    rankIc,
    randomWalk,
    costs,
    sharpe,
    verdict: verdict({ randomWalk, rankIc, sharpe, fee, trials, level }),
    notes: notesOn(overlap, costs),
  };
}

/** The usual fees and the one that the verdict is about. */
const withFee = (fee: number): readonly number[] => [...new Set([...usualFees, fee])].sort((a, b) => a - b);

function notesOn(overlap: number, { periods, overlapping, unknown }: CostSweep): string[] {
  return [
    ...(overlap > 1
      ? [
          `returns of ${overlap} origins in a row overlap: intervals are block bootstraps, the test allows for ${overlap - 1} lags, and the sign signal trades ${periods} origins that do not overlap (${overlapping} left out)`,
        ]
      : []),
    ...(unknown > 0 ? [`${unknown} origins were not traded: their forecast or return is unknown`] : []),
  ];
}
