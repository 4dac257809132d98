import { checkMetric, eachActual, type MetricOptions } from './metric-options.ts';

/** Options of `directionalAccuracy`. */
export interface DirectionalAccuracyOptions extends MetricOptions {
  /** the last known value before each forecast, as many as actual values: what "up" and "down" start from */
  readonly previous: ArrayLike<number>;
}

/**
 * Share of values that moved, from the last known one, in the direction that was forecast; 0 … 1.
 *
 * A forecast of no move counts one half, as a coin would, so that the naive forecast stands at 0.5 and calling no
 * direction is no advantage. Values that did not move, or of which the previous one is NaN, do not count: there is no
 * direction to hit. NaN when none counts (see `mae`).
 */
export function directionalAccuracy(
  actual: ArrayLike<number>,
  forecast: ArrayLike<number>,
  options: DirectionalAccuracyOptions,
): number {
  checkMetric('directionalAccuracy', actual, { forecast, previous: options.previous }, options, ['previous']);
  let hits = 0;
  let moves = 0;
  eachActual(actual, options, (y, i, weight) => {
    const move = y - options.previous[i]!;
    if (move === 0 || Number.isNaN(move)) return;
    moves += weight;
    hits += weight * directionHit(move, forecast[i]! - options.previous[i]!);
  });
  return hits / moves;
}

/** 1 = same direction, 0 = the other, ½ = no direction forecast, NaN = no forecast. */
export function directionHit(move: number, forecast: number): number {
  return (1 + Math.sign(move) * Math.sign(forecast)) / 2;
}
