import type { Workspace } from '../algebra/workspace.ts';
import type { LagBlock, LagLayout } from './lag-layout.ts';
import type { Moments } from './moments.ts';

/** Windows with neighbouring origins `[first, end)` of one series. */
export interface LagRun {
  readonly first: number;
  readonly end: number;
}

/** A series as channels; step t of channel c stands at `channels[c][t + pad]`. */
export interface LagChannels {
  readonly channels: readonly Float64Array[];
  readonly pad: number;
}

/** How much the windows of a run count. */
export interface RunWeight {
  /** Of the last window. */
  readonly last: number;
  /** Of each window as a part of the next one's. */
  readonly decay: number;
}

/**
 * Adds the windows of a run. Neighbouring windows share all but one step, so that the product of two columns is that of
 * the columns one step earlier, less what left and plus what came: after the first row and column of a block each number
 * costs two multiplications, not one for each window.
 */
export function addLagRun(
  space: Workspace,
  moments: Moments,
  layout: LagLayout,
  series: LagChannels,
  run: LagRun,
  weight: RunWeight = { last: 1, decay: 1 },
): void {
  if (run.end <= run.first) return;
  for (const [index, left] of layout.blocks.entries()) {
    for (const right of layout.blocks.slice(index)) addBlock(space, moments, left, right, series, run, weight);
  }
}

function addBlock(
  space: Workspace,
  { size, matrix }: Moments,
  left: LagBlock,
  right: LagBlock,
  { channels, pad }: LagChannels,
  { first, end }: LagRun,
  { last, decay }: RunWeight,
): void {
  const count = end - first;
  const u = channels[left.channel]!.subarray(first + left.from + pad, end + left.from + left.count - 1 + pad);
  const v = channels[right.channel]!.subarray(first + right.from + pad, end + right.from + right.count - 1 + pad);
  const isSame = left === right;
  const leaving = decay ** (count - 1);
  const row = slidingProducts(space, u, v, count, right.count, decay);
  const firsts = isSame ? row : slidingProducts(space, v, u, count, left.count, decay);
  for (let i = 0; i < left.count; i++) {
    if (i > 0) {
      const went = leaving * u[i - 1]!;
      const came = u[count + i - 1]!;
      // From behind, so that each number finds the one above and before it still there.
      for (let j = right.count - 1; j >= (isSame ? i : 1); j--) {
        row[j] = decay * (row[j - 1]! - went * v[j - 1]!) + came * v[count + j - 1]!;
      }
      if (!isSame) row[0] = firsts[i]!;
    }
    const at = (left.column + i) * size + right.column;
    for (let j = isSame ? i : 0; j < right.count; j++) matrix[at + j]! += last * row[j]!;
  }
}

/** Σ over the windows of decay^(age) · x at the block's first step · y at each of `lags` steps. */
function slidingProducts(
  space: Workspace,
  x: Float64Array,
  y: Float64Array,
  count: number,
  lags: number,
  decay: number,
): Float64Array {
  return space.scope(() => {
    const weighted = Float64Array.from({ length: count }, (_, t) => x[t]! * decay ** (count - 1 - t));
    const [a, b, out] = [space.put(weighted), space.put(y), space.take(lags)];
    space.run.slide(a, count, b, lags, out);
    return space.view(out, lags).slice();
  });
}
