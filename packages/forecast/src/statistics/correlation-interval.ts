import { badArgument, checkFraction, checkKeys } from '../check-arguments.ts';
import { type BlockBootstrapOptions, blockBootstrap, blockBootstrapKeys } from './block-bootstrap.ts';
import { correlationOf, knownPairs, pearson, spearman } from './correlation.ts';
import { ranksOfResamples } from './mid-ranks.ts';
import { normalQuantile } from './normal.ts';
import { overlapOf } from './overlap.ts';

const kinds = ['pearson', 'spearman'] as const;
const intervals = ['auto', 'fisher', 'block-bootstrap'] as const;

/** Options of `correlationInterval`. */
export interface CorrelationIntervalOptions extends BlockBootstrapOptions {
  /** default `pearson` */
  readonly kind?: (typeof kinds)[number] | undefined;
  /** `auto` (default): `fisher` when the origins do not overlap, else `block-bootstrap` */
  readonly interval?: (typeof intervals)[number] | undefined;
}

/** A correlation and its interval. */
export interface CorrelationInterval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  /** pairs of which both numbers are known */
  readonly pairs: number;
  /** how the interval was made */
  readonly interval: 'fisher' | 'block-bootstrap';
}

/**
 * A correlation with its interval: Fisher's, tanh(artanh r ± z s), which takes pairs for independent, or block bootstrap.
 * With fewer than four pairs, or one number that never varies, Fisher's interval is −1 … 1: nothing is known.
 *
 * @param x one number for each origin, in time order; NaN = unknown
 * @param y as many, of the same origins
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 * Source: Fisher 1921, s = 1 / √(n − 3); for ranks Bonett & Wright 2000, s = √((1 + r²/2) / (n − 3)).
 */
export function correlationInterval(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: CorrelationIntervalOptions = {},
): CorrelationInterval {
  const { kind = 'pearson', interval = 'auto', ...bootstrap } = options;
  checkKeys('correlationInterval', options, ['kind', 'interval', ...blockBootstrapKeys]);
  checkWord('kind', kind, kinds);
  checkWord('interval', interval, intervals);
  const { level = 0.95 } = bootstrap;
  checkFraction('correlationInterval', 'level', level);
  const correlate = kind === 'pearson' ? pearson : spearman;
  const estimate = correlate(x, y);
  const [a, b] = knownPairs(x, y);
  const isFisher = interval === 'auto' ? overlapOf(bootstrap) === 1 : interval === 'fisher';
  if (isFisher) {
    const [lower, upper] = fisher(estimate, a.length, kind, level);
    return { estimate, lower, upper, level, pairs: a.length, interval: 'fisher' };
  }
  const [drawA, drawB] = kind === 'pearson' ? [valuesAt(a), valuesAt(b)] : [ranksOfResamples(a), ranksOfResamples(b)];
  const drawnA = new Float64Array(a.length);
  const drawnB = new Float64Array(b.length);
  const { lower, upper } = blockBootstrap(
    a.length,
    (positions) => {
      drawA(positions, drawnA);
      drawB(positions, drawnB);
      return correlationOf(drawnA, drawnB);
    },
    bootstrap,
  );
  const bounded = (value: number, none: number): number => (Number.isFinite(value) ? value : none);
  return {
    estimate,
    lower: bounded(lower, -1),
    upper: bounded(upper, 1),
    level,
    pairs: a.length,
    interval: 'block-bootstrap',
  };
}

const valuesAt =
  (values: Float64Array) =>
  (positions: Int32Array, drawn: Float64Array): void => {
    for (let i = 0; i < positions.length; i++) drawn[i] = values[positions[i]!]!;
  };

function fisher(r: number, n: number, kind: string, level: number): readonly [number, number] {
  if (Number.isNaN(r) || n < 4) return [-1, 1];
  const spread = Math.sqrt((kind === 'pearson' ? 1 : 1 + (r * r) / 2) / (n - 3));
  const reach = normalQuantile((1 + level) / 2) * spread;
  return [Math.tanh(Math.atanh(r) - reach), Math.tanh(Math.atanh(r) + reach)];
}

function checkWord(option: string, value: string, words: readonly string[]): void {
  if (words.includes(value)) return;
  throw badArgument(`correlationInterval: ${option}: expected one of ${words.join(', ')}, got ${value}.`, { option });
}
