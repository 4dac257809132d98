import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { badArgument, checkFraction, checkInteger, checkKeys } from '../check-arguments.ts';
import { overlapOf, type Spacing } from './overlap.ts';

const methods = ['stationary', 'moving'] as const;

/** Options of the block bootstrap. */
export interface BlockBootstrapOptions extends Spacing {
  /** of the interval, between 0 and 1; default 0.95 */
  readonly level?: number | undefined;
  /** default 2,000 */
  readonly resamples?: number | undefined;
  /** default 1 */
  readonly seed?: number | undefined;
  /** in origins; default `defaultBlockLength` */
  readonly blockLength?: number | undefined;
  /** `stationary` (default): blocks of random, geometric length; `moving`: all of one length */
  readonly method?: (typeof methods)[number] | undefined;
}

/** A number estimated from a sample in time order, and how far it could be off. */
export interface BootstrapInterval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  readonly resamples: number;
  readonly blockLength: number;
  readonly method: (typeof methods)[number];
}

export const blockBootstrapKeys: readonly string[] = [
  'horizon',
  'stride',
  'level',
  'resamples',
  'seed',
  'blockLength',
  'method',
];

/**
 * Origins in a block: the larger of ⌈n^⅓⌉ (the order that is best for a mean's variance: Hall, Horowitz & Jing 1995) and
 * the number of origins that overlap, but at most a half of them all, since fewer than two blocks show no variation.
 */
export function defaultBlockLength(origins: number, spacing: Spacing = {}): number {
  const wanted = Math.max(Math.ceil(Math.cbrt(origins) - 1e-9), overlapOf(spacing));
  return Math.max(1, Math.min(wanted, Math.floor(origins / 2)));
}

/**
 * Percentile interval of a statistic by resampling blocks of neighbouring origins, which keeps the correlation between
 * them. The same seed gives the same interval. Resamples whose statistic is NaN are left out.
 *
 * @param origins length of the sample, in time order; below 2 the interval is from −Infinity to Infinity
 * @param statistic of the origins whose positions it is given (some of them more than once)
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 * Source: Politis & Romano 1994 (stationary); Künsch 1989 (moving); both wrap around the end.
 */
export function blockBootstrap(
  origins: number,
  statistic: (positions: Int32Array) => number,
  options: BlockBootstrapOptions = {},
): BootstrapInterval {
  checkKeys('blockBootstrap', options, blockBootstrapKeys);
  const { level = 0.95, resamples = 2000, seed = 1, method = 'stationary' } = options;
  const { blockLength = defaultBlockLength(origins, options) } = options;
  checkFraction('blockBootstrap', 'level', level);
  checkInteger('resamples', resamples, 1);
  checkInteger('blockLength', blockLength, 1);
  if (!methods.includes(method)) {
    throw badArgument(`blockBootstrap: method: expected one of ${methods.join(', ')}, got ${method}.`);
  }
  const positions = Int32Array.from({ length: origins }, (_, i) => i);
  const estimate = origins > 0 ? statistic(positions) : Number.NaN;
  const about = { estimate, level, resamples, blockLength, method };
  if (origins < 2) return { ...about, lower: -Infinity, upper: Infinity };
  const random = xoroshiro128plus(seed);
  const values = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    drawBlocks(random, positions, blockLength, method);
    values[i] = statistic(positions);
  }
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return { ...about, lower: quantileOf(known, (1 - level) / 2), upper: quantileOf(known, (1 + level) / 2) };
}

function drawBlocks(random: RandomGenerator, positions: Int32Array, blockLength: number, method: string): void {
  const n = positions.length;
  const logKept = Math.log1p(-1 / blockLength);
  for (let i = 0; i < n; ) {
    let at = uniformInt(random, 0, n - 1);
    // A geometric number: each further origin belongs to the block with a probability of 1 − 1/blockLength.
    const further = method === 'moving' ? blockLength - 1 : Math.floor(Math.log1p(-uniformFloat64(random)) / logKept);
    for (const end = Math.min(n, i + 1 + further); i < end; i++) {
      positions[i] = at;
      at = at + 1 === n ? 0 : at + 1;
    }
  }
}

/** Linear between order statistics, as numpy's default. */
function quantileOf(sorted: Float64Array, level: number): number {
  const at = level * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below === above ? below : below + (at - Math.floor(at)) * (above - below);
}
