import type { CorrelationInterval } from '../statistics/correlation-interval.ts';
import type { DieboldMariano } from '../statistics/diebold-mariano.ts';
import type { SharpeEvidence } from './sharpe-ratio.ts';

/** What a verdict is made from. */
export interface Evidence {
  /** forecast errors against those of the random walk, `first-better` */
  readonly randomWalk: DieboldMariano;
  readonly rankIc: CorrelationInterval;
  /** deflated Sharpe ratio of the sign signal after `fee` */
  readonly sharpe: SharpeEvidence;
  readonly fee: number;
  readonly trials: number;
  /** 0.95: how sure one wants to be */
  readonly level: number;
}

/** The verdict, and each piece of evidence in words. */
export interface Verdict {
  readonly edge: 'none' | 'before-costs' | 'after-costs';
  readonly text: string;
  readonly reasons: readonly string[];
}

/**
 * No edge, unless the evidence says otherwise:
 *
 * 1. errors are smaller than the random walk's: one-sided Diebold–Mariano p ≤ (1 − level) ÷ trials (Bonferroni), and
 * 2. forecasts rank returns: the rank IC's interval lies above 0: with both there is an edge *before costs*;
 * 3. and what is left after fees is no luck: deflated Sharpe ratio ≥ level: with all three there is one *after costs*.
 *
 * Evidence that cannot be had (too few origins, forecasts that never vary) is no evidence.
 */
export function verdict({ randomWalk, rankIc, sharpe, fee, trials, level }: Evidence): Verdict {
  const limit = (1 - level) / trials;
  const isCloser = randomWalk.pValue <= limit;
  const isRanked = rankIc.lower > 0;
  const isPaid = sharpe.probability >= level;
  const p = `p ${show(randomWalk.pValue)}, ${show(limit)} or less needed${trials > 1 ? ` with ${trials} trials` : ''}`;
  const interval = `${show(rankIc.estimate)}, interval ${show(rankIc.lower)} to ${show(rankIc.upper)}`;
  const reasons = [
    `errors ${isCloser ? 'are smaller' : 'are not shown to be smaller'} than the random walk's (Diebold–Mariano ${p}${randomWalk.note ? `; ${randomWalk.note}` : ''})`,
    `rank IC ${isRanked ? 'is above 0' : 'is not shown to be above 0'} (${interval})`,
    `the sign signal ${isPaid ? 'pays' : 'is not shown to pay'} after fees of ${show(100 * fee)} % on entry and on exit (deflated Sharpe ${show(sharpe.probability)}, ${level} or more needed)`,
  ];
  if (!isCloser || !isRanked) return { edge: 'none', text: 'no edge over a random walk', reasons };
  if (!isPaid) return { edge: 'before-costs', text: 'an edge over a random walk, but none after costs', reasons };
  return { edge: 'after-costs', text: 'an edge over a random walk, after costs', reasons };
}

const show = (value: number): string => (Number.isNaN(value) ? 'unknown' : String(Number(value.toPrecision(3))));
