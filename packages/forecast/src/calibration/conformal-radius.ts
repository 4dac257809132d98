import { badArgument, checkFraction } from '../check-arguments.ts';
import type { CalibrationState } from './calibration-state.ts';

const policies = ['error', 'infinite'] as const;

/** What to do when there are too few scores for a level. */
export interface TooFewOptions {
  /** `error` (default), or `infinite`: an interval without ends, which is what so few scores promise */
  readonly tooFew?: (typeof policies)[number] | undefined;
}

/** How many calibration scores a level needs at least: ⌈level ÷ (1 − level)⌉, which is 9 for 0.9 and 19 for 0.95. */
export function scoresNeeded(level: number): number {
  checkFraction('scoresNeeded', 'level', level);
  return Math.ceil(level / (1 - level) - rounding);
}

/** The highest level, in percent, for which every step has scores enough. */
export function highestLevel({ scores }: Pick<CalibrationState, 'scores'>): number {
  const fewest = scores.reduce((least, { length }) => Math.min(least, length), Infinity);
  return (100 * fewest) / (fewest + 1);
}

/** 0.95 × 20 must be 19, whatever the last bit says. */
const rounding = 1e-9;

/**
 * The k-th smallest score, k = ⌈(n + 1) level⌉: the (n + 1)/n-corrected quantile with which a new exchangeable score is
 * covered with a probability of at least `level` (and at most `level` + 1/(n + 1) without ties).
 *
 * @param sorted scores, ascending
 * @returns Infinity for k > n, −Infinity for a level of 0 or less
 * Source: Vovk, Gammerman & Shafer 2005; Lei et al. 2018.
 */
export function conformalQuantile(sorted: ArrayLike<number>, level: number): number {
  if (level <= 0) return -Infinity;
  const rank = Math.max(1, Math.ceil((sorted.length + 1) * level - rounding));
  return rank > sorted.length ? Infinity : sorted[rank - 1]!;
}

/**
 * `conformalQuantile` of scores that are worth fewer independent ones: rank ⌈n · level · (1 + 1/independent)⌉, which for n
 * independent ones is that rank; at most the largest score, if n scores by themselves would do for the level.
 */
function quantileOfDependent(sorted: readonly number[], level: number, independent: number): number {
  const plain = conformalQuantile(sorted, level);
  if (!Number.isFinite(plain) || independent >= sorted.length) return plain;
  const rank = Math.ceil(sorted.length * level * (1 + 1 / independent) - rounding);
  return sorted[Math.min(rank, sorted.length) - 1]!;
}

/**
 * The conformal quantile of each step; steps with too few scores are an error or infinite, as the policy says. Forecast
 * errors of step k overlap over k − 1 time steps, the rule by which Diebold & Mariano 1995 count their lags.
 */
export function radiusOfSteps(
  owner: string,
  { scores, stride }: Pick<CalibrationState, 'scores' | 'stride'>,
  level: number,
  { tooFew = 'error' }: TooFewOptions,
): Float64Array {
  checkFraction(owner, 'level', level);
  if (!policies.includes(tooFew)) {
    throw badArgument(`${owner}: tooFew: expected one of ${policies.join(', ')}, got ${tooFew}.`, { option: 'tooFew' });
  }
  return Float64Array.from(scores, (sorted, step) => {
    const alike = stride === undefined ? 1 : Math.ceil((step + 1) / stride);
    const radius = quantileOfDependent(sorted, level, sorted.length / alike);
    if (radius < Infinity || tooFew === 'infinite' || sorted.at(-1) === Infinity) return radius;
    throw badArgument(
      `${owner}: a level of ${level} needs ${scoresNeeded(level)} calibration values for each step; step ${step + 1} has ${sorted.length}. Calibrate on more windows, ask for a lower level, or set tooFew: 'infinite'.`,
      { level, step, needed: scoresNeeded(level), found: sorted.length },
    );
  });
}
