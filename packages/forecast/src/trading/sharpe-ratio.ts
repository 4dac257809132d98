import { badArgument, checkKeys } from '../check-arguments.ts';
import { normalCdf, normalQuantile } from '../statistics/normal.ts';

/** A Sharpe ratio and how sure one may be of it. Ratios are per period, not per year. */
export interface SharpeEvidence {
  /** mean ÷ standard deviation of the returns, per period */
  readonly sharpe: number;
  /** the ratio that it is compared with, per period */
  readonly benchmark: number;
  /** P(true ratio > benchmark), 0 … 1; NaN for fewer than three returns or returns that never vary */
  readonly probability: number;
  readonly periods: number;
}

/**
 * Sharpe ratio per period: mean ÷ sample standard deviation (n − 1) of returns in excess of the riskless rate. NaN for
 * fewer than two returns or returns that never vary. Times √(periods in a year) it is annual (for independent returns).
 */
export function sharpeRatio(returns: ArrayLike<number>): number {
  const { mean, deviation } = momentsOf(returns);
  return deviation === 0 ? Number.NaN : mean / deviation;
}

/**
 * Probabilistic Sharpe ratio: the probability that the true ratio is above a benchmark, given the sample's length and how
 * skewed and fat-tailed it is.
 *
 *   Φ((SR − SR*) √(n − 1) / √(1 − γ₃ SR + (γ₄ − 1)/4 SR²))
 *
 * @param returns one for each period that does not overlap another
 * @param benchmark SR*, per period; default 0
 * Source: Bailey & López de Prado 2012, The Sharpe ratio efficient frontier. γ₄ is 3 for a normal distribution.
 */
export function probabilisticSharpe(returns: ArrayLike<number>, benchmark = 0): SharpeEvidence {
  const { skewness, kurtosis } = momentsOf(returns);
  const sharpe = sharpeRatio(returns);
  const periods = returns.length;
  const spread = Math.sqrt(1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2);
  const score = ((sharpe - benchmark) * Math.sqrt(periods - 1)) / spread;
  return { sharpe, benchmark, probability: periods < 3 ? Number.NaN : normalCdf(score), periods };
}

/** Options of `deflatedSharpe`. */
export interface DeflatedSharpeOptions {
  /** strategies, settings and models tried until this one was shown, this one included; default 1 */
  readonly trials?: number | undefined;
  /** variance of the trials' ratios, per period; default 1/(n − 1), that of ratios whose true value is 0 */
  readonly trialVariance?: number | undefined;
}

/**
 * Deflated Sharpe ratio: the probabilistic one against the best ratio that as many trials without any skill would show.
 *
 *   SR* = √V ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))), γ = 0.5772…; 0 for one trial
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 * Source: Bailey & López de Prado 2014, The deflated Sharpe ratio.
 */
export function deflatedSharpe(
  returns: ArrayLike<number>,
  options: DeflatedSharpeOptions = {},
): SharpeEvidence & { readonly trials: number; readonly trialVariance: number } {
  checkKeys('deflatedSharpe', options, ['trials', 'trialVariance']);
  const { trials = 1, trialVariance = 1 / (returns.length - 1) } = options;
  if (!(trials >= 1 && trials < Infinity)) {
    throw badArgument(`deflatedSharpe: trials: expected a number >= 1, got ${trials}.`, { option: 'trials' });
  }
  if (options.trialVariance !== undefined && !(trialVariance >= 0 && trialVariance < Infinity)) {
    throw badArgument(`deflatedSharpe: trialVariance: expected a number >= 0, got ${trialVariance}.`);
  }
  const benchmark = Math.sqrt(trialVariance) * expectedMaximum(trials);
  return { ...probabilisticSharpe(returns, benchmark), trials, trialVariance };
}

/** Expected largest of `count` standard normal numbers, approximately (extreme value theory). */
function expectedMaximum(count: number): number {
  const euler = 0.5772156649015329;
  if (count === 1) return 0;
  return (1 - euler) * normalQuantile(1 - 1 / count) + euler * normalQuantile(1 - 1 / (count * Math.E));
}

function momentsOf(
  returns: ArrayLike<number>,
): Readonly<Record<'mean' | 'deviation' | 'skewness' | 'kurtosis', number>> {
  const n = returns.length;
  const central = (power: number, about: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (returns[i]! - about) ** power;
    return sum / n;
  };
  const mean = central(1, 0);
  const variance = central(2, mean);
  // What is left of equal returns after rounding is no variation.
  const isConstant = variance <= (1e-15 * mean) ** 2;
  return {
    mean,
    deviation: isConstant ? 0 : Math.sqrt((variance * n) / (n - 1)),
    skewness: central(3, mean) / variance ** 1.5,
    kurtosis: central(4, mean) / variance ** 2,
  };
}
