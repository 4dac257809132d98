import { multiply } from '../algebra/multiply.ts';
import type { Workspace } from '../algebra/workspace.ts';
import type { LagLayout } from '../moments/lag-layout.ts';
import type { LagChannels } from '../moments/lag-moments.ts';

/** Windows that are multiplied at once. */
const blockRows = 256;

/**
 * Forecasts of a series from some origins on, in scaled units.
 *
 * @param weights `[input columns, horizon]`
 * @returns `[origins, horizon]`
 */
export function forecastOrigins(
  space: Workspace,
  layout: LagLayout,
  { channels, pad }: LagChannels,
  origins: ArrayLike<number>,
  weights: Float64Array,
): Float64Array {
  const { horizon, lookback } = layout;
  const width = layout.size - horizon;
  const out = new Float64Array(origins.length * horizon);
  for (let first = 0; first < origins.length; first += blockRows) {
    const count = Math.min(blockRows, origins.length - first);
    const rows = new Float64Array(count * width);
    for (let row = 0; row < count; row++) {
      let at = row * width;
      for (const { channel, from, count: all } of layout.blocks) {
        const begin = origins[first + row]! + from + pad;
        const steps = channel === 0 ? lookback : all;
        rows.set(channels[channel]!.subarray(begin, begin + steps), at);
        at += steps;
      }
    }
    out.set(multiply(space, rows, weights, { m: count, k: width, n: horizon }), first * horizon);
  }
  return out;
}
