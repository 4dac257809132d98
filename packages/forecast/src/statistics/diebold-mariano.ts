import { badArgument, checkKeys, checkLength } from '../check-arguments.ts';
import { autocovariances } from './autocovariance.ts';
import { overlapOf, type Spacing } from './overlap.ts';
import { studentTCdf } from './student-t.ts';

const alternatives = ['two-sided', 'first-better', 'second-better'] as const;

/** Options of `dieboldMariano`. */
export interface DieboldMarianoOptions extends Spacing {
  /** what the test is to show; default `two-sided`: that the losses differ at all */
  readonly alternative?: (typeof alternatives)[number] | undefined;
}

/** What a Diebold–Mariano test says. */
export interface DieboldMariano {
  /** the corrected statistic, compared with Student's t of `origins − 1` degrees; below 0 = the first lost less */
  readonly statistic: number;
  /** NaN when there are too few origins (`note` says so) */
  readonly pValue: number;
  /** mean of first − second, in the unit of the losses */
  readonly meanDifference: number;
  /** origins of which both losses are known */
  readonly origins: number;
  /** autocovariances that entered the variance beside the variance itself */
  readonly lags: number;
  /** how they were weighted: all alike as Diebold & Mariano, or falling (Bartlett) where that gave no variance above 0 */
  readonly kernel: 'rectangular' | 'bartlett';
  /** what a reader must know: too few origins, forecasts that lose the same everywhere, another kernel */
  readonly note?: string;
}

/**
 * Whether two methods' losses differ by more than chance (Diebold–Mariano test of equal accuracy).
 *
 *   d̄ = mean(first − second)   V = (γ₀ + 2 Σ γₖ) / n, k = 1 … h − 1   DM = d̄ / √V
 *   statistic = DM √((n + 1 − 2h + h(h − 1)/n) / n), against Student's t with n − 1 degrees
 *
 * where h is the number of origins that overlap. Losses are one number for each origin, in time order: mean over a window's
 * steps (and over series that share the origin, since those are no independent evidence). NaN = unknown, left out.
 *
 * @param first losses of one method, `[origins]`, in any unit (absolute or squared errors …)
 * @param second losses of the other at the same origins
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 * Source: Diebold & Mariano 1995; Harvey, Leybourne & Newbold 1997 (correction). Differs: where the rectangular sum is not
 * above 0, Bartlett's weights are used and said, where R's dm.test takes h = 1.
 */
export function dieboldMariano(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: DieboldMarianoOptions = {},
): DieboldMariano {
  checkKeys('dieboldMariano', options, ['horizon', 'stride', 'alternative']);
  const { alternative = 'two-sided' } = options;
  if (!alternatives.includes(alternative)) {
    throw badArgument(`dieboldMariano: alternative: expected one of ${alternatives.join(', ')}, got ${alternative}.`);
  }
  checkLength('dieboldMariano', 'second', second, first.length, 'as many as first losses');
  const differences = Float64Array.from({ length: first.length }, (_, i) => first[i]! - second[i]!);
  const known = differences.filter((value) => !Number.isNaN(value));
  const n = known.length;
  const overlap = overlapOf(options);
  const meanDifference = known.reduce((sum, value) => sum + value, 0) / n;
  const plain = { meanDifference, origins: n, lags: overlap - 1, kernel: 'rectangular' } as const;
  if (n < 2 || n <= overlap) {
    const note = `too few origins for a test (${n}, more than ${Math.max(overlap, 1)} are needed)`;
    return { ...plain, statistic: Number.NaN, pValue: Number.NaN, note };
  }
  if (known.every((value) => value === 0)) {
    return { ...plain, statistic: 0, pValue: 1, note: 'both lose the same at every origin' };
  }
  const { variance, kernel } = longRunVariance(autocovariances(differences, overlap - 1));
  const correction = Math.sqrt((n + 1 - 2 * overlap + (overlap * (overlap - 1)) / n) / n);
  const statistic = (correction * meanDifference) / Math.sqrt(variance / n);
  const below = studentTCdf(statistic, n - 1);
  const above = studentTCdf(-statistic, n - 1);
  const pValue = { 'two-sided': 2 * Math.min(below, above), 'first-better': below, 'second-better': above }[
    alternative
  ];
  if (variance === 0) return { ...plain, statistic, pValue, note: 'the difference is the same at every origin' };
  const note = "the autocovariances' plain sum was not above 0, so Bartlett's weights were used";
  return { ...plain, statistic, pValue, kernel, ...(kernel === 'bartlett' ? { note } : {}) };
}

function longRunVariance(covariances: Float64Array): { variance: number; kernel: DieboldMariano['kernel'] } {
  const sum = (weight: (lag: number) => number): number =>
    covariances.reduce((total, covariance, lag) => total + (lag === 0 ? 1 : 2 * weight(lag)) * covariance, 0);
  const variance = sum(() => 1);
  if (variance > 0) return { variance, kernel: 'rectangular' };
  return {
    variance: Math.max(
      0,
      sum((lag) => 1 - lag / covariances.length),
    ),
    kernel: 'bartlett',
  };
}
