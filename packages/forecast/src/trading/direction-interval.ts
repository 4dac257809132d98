import { directionalAccuracy, directionHit } from '../metrics/directional-accuracy.ts';
import { bootstrapMean } from '../statistics/bootstrap-mean.ts';
import { normalQuantile } from '../statistics/normal.ts';
import { overlapOf } from '../statistics/overlap.ts';
import type { ReturnForecasts } from './sign-trades.ts';

/** Share of moves whose direction was forecast, with its interval. */
export interface DirectionInterval {
  /** 0 … 1; a forecast of no move counts one half */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  /** returns that are known and not 0 */
  readonly moves: number;
  /** `wilson` takes moves for independent; overlapping ones are resampled in blocks */
  readonly interval: 'wilson' | 'block-bootstrap';
}

/** Directional accuracy of returns with an interval (Wilson 1927, or block bootstrap where origins overlap). */
export function directionInterval(
  returns: ReturnForecasts,
  { level = 0.95, seed = 1 }: { readonly level?: number | undefined; readonly seed?: number | undefined } = {},
): DirectionInterval {
  const { predicted, realised } = returns;
  const previous = new Float64Array(predicted.length);
  const mask = Array.from(predicted, (value) => !Number.isNaN(value));
  const estimate = directionalAccuracy(realised, predicted, { previous, mask });
  const hits = Float64Array.from(predicted, (value, i) => directionHit(realised[i]!, value)).filter(
    (hit, i) => !Number.isNaN(hit) && realised[i] !== 0,
  );
  const moves = hits.length;
  if (overlapOf(returns) === 1) {
    return { estimate, ...wilson(estimate, moves, level), level, moves, interval: 'wilson' };
  }
  const { horizon, stride } = returns;
  const { lower, upper } = bootstrapMean(hits, { level, seed, horizon, stride });
  return {
    estimate,
    lower: Math.max(0, lower),
    upper: Math.min(1, upper),
    level,
    moves,
    interval: 'block-bootstrap',
  };
}

function wilson(share: number, count: number, level: number): { lower: number; upper: number } {
  if (count === 0) return { lower: 0, upper: 1 };
  const z = normalQuantile((1 + level) / 2);
  const middle = share + z ** 2 / (2 * count);
  const reach = z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  const scale = 1 + z ** 2 / count;
  return { lower: Math.max(0, (middle - reach) / scale), upper: Math.min(1, (middle + reach) / scale) };
}
