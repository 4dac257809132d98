import { badArgument, checkFlag, checkKeys, checkList } from '../check-arguments.ts';
import { maxDrawdown } from './max-drawdown.ts';
import { sharpeRatio } from './sharpe-ratio.ts';
import { type ReturnForecasts, type SignTrades, signTrades } from './sign-trades.ts';

/** Fees that are looked at where nothing is said. */
export const usualFees: readonly number[] = [0, 0.0005, 0.001, 0.002, 0.005];

/** Options of `costSweep`. */
export interface CostSweepOptions {
  /** fractions of the traded value, charged on entry and again on exit; default 0, 0.0005, 0.001, 0.002, 0.005 */
  readonly fees?: readonly number[] | undefined;
  /** sell short when a fall is forecast (default), else hold nothing */
  readonly short?: boolean | undefined;
}

/** The sign signal at one fee. */
export interface CostRow {
  /** fraction of the traded value, paid on entry and on exit */
  readonly fee: number;
  /** compounded over all periods, as a fraction */
  readonly totalReturn: number;
  /** per period */
  readonly meanReturn: number;
  /** per period; NaN when returns never vary */
  readonly sharpe: number;
  /** 0 … 1 */
  readonly maxDrawdown: number;
}

/** The sign signal over a range of fees. */
export interface CostSweep {
  readonly rows: readonly CostRow[];
  /** the fee at which nothing is won or lost; below 0 when the signal loses without any fee, NaN when nothing is traded */
  readonly breakEvenFee: number;
  /** periods held for, none overlapping another */
  readonly periods: number;
  /** positions entered (and left) */
  readonly trades: number;
  /** origins left out because they overlap one that is used */
  readonly overlapping: number;
  /** origins left out because forecast or return is unknown */
  readonly unknown: number;
}

/**
 * What the sign of the forecast would have earned after fees: net = (1 + position × return) (1 − fee)^legs − 1 a period,
 * compounded; break-even = 1 − exp(−Σ ln(1 + position × return) ÷ Σ legs). No slippage, borrowing cost or market impact.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 */
export function costSweep(returns: ReturnForecasts, options: CostSweepOptions = {}): CostSweep {
  checkKeys('costSweep', options, ['fees', 'short']);
  const { fees = usualFees, short = true } = options;
  checkList('costSweep: fees', fees, 'fractions');
  checkFlag('costSweep: short', short);
  const trades = signTrades(returns, short);
  const { gross, legs, overlapping, unknown } = trades;
  const allLegs = legs.reduce((sum, count) => sum + count, 0);
  const logGrowth = gross.reduce((sum, value) => sum + Math.log(Math.max(0, 1 + value)), 0);
  return {
    rows: fees.map((fee) => rowOf(fee, netReturns(trades, fee))),
    breakEvenFee: allLegs === 0 ? Number.NaN : 1 - Math.exp(-logGrowth / allLegs),
    periods: gross.length,
    trades: allLegs / 2,
    overlapping,
    unknown,
  };
}

/** @throws ForecastError `forecast/option` unless 0 ≤ fee < 1 */
export function checkFee(owner: string, fee: number): void {
  if (Number.isFinite(fee) && fee >= 0 && fee < 1) return;
  throw badArgument(`${owner}: fee: expected a fraction >= 0 and < 1 (0.001 = 0.1 %), got ${fee}.`, { received: fee });
}

/** Returns after fees, `[periods]`. @throws ForecastError `forecast/option` unless 0 ≤ fee < 1 */
export function netReturns({ gross, legs }: SignTrades, fee: number): Float64Array {
  checkFee('netReturns', fee);
  return gross.map((value, k) => (1 + value) * (1 - fee) ** legs[k]! - 1);
}

function rowOf(fee: number, net: Float64Array): CostRow {
  return {
    fee,
    totalReturn: net.reduce((wealth, value) => wealth * Math.max(0, 1 + value), 1) - 1,
    meanReturn: net.reduce((sum, value) => sum + value, 0) / net.length,
    sharpe: sharpeRatio(net),
    maxDrawdown: maxDrawdown(net),
  };
}
