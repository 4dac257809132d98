import type { NetworkOps, Tensor } from '@nt/tensor';
import { decoupleScale, type ScaleDecouple } from './scale-decouple.ts';
import type { WindowNormalization, WindowStatistics } from './window-statistics.ts';

/** How a network scales windows, and what its outputs are. */
export interface WindowScaling {
  readonly windowNormalization: WindowNormalization;
  readonly scaleDecouple: ScaleDecouple;
}

/**
 * The parts of a forecast in the data's unit, from parts in the window's. Where the way back is linear, the forecast is
 * their sum to the last bit; else (`invariant`, distributions) each part is what it adds to the parts before it.
 *
 * @param parts `[batch, outputs, horizon]` each, or 1 where it is the same for all
 */
export function scaleBack<T extends Tensor>(
  ops: NetworkOps<T>,
  config: WindowScaling,
  parts: readonly T[],
  back: WindowStatistics<T> | null,
): T[] {
  if (config.scaleDecouple === 'none' && !back) return [...parts];
  if (isLinear(config)) {
    const { shift, scale } = lineOf(ops, config, back!);
    return parts.map((part, i) => (i === 0 ? ops.add(ops.mul(part, scale), shift) : ops.mul(part, scale)));
  }
  let [total, before] = [parts[0]!, scaleBackSum(ops, config, parts[0]!, back)];
  const first = before;
  return [
    first,
    ...parts.slice(1).map((part) => {
      total = ops.add(total, part);
      const after = scaleBackSum(ops, config, total, back);
      const added = ops.sub(after, before);
      before = after;
      return added;
    }),
  ];
}

/** The whole forecast: the sum of the parts, in the data's unit. */
export function sumInUnit<T extends Tensor>(
  ops: NetworkOps<T>,
  config: WindowScaling,
  parts: readonly T[],
  back: WindowStatistics<T> | null,
): T {
  const add = (sum: T, part: T): T => ops.add(sum, part);
  if (isLinear(config)) return scaleBack(ops, config, parts, back).reduce(add);
  return scaleBackSum(ops, config, parts.reduce(add), back);
}

const isLinear = ({ windowNormalization, scaleDecouple }: WindowScaling): boolean =>
  scaleDecouple === 'none' && windowNormalization !== 'invariant';

/** minmax1 lies in [−1, 1]: half as wide, around the middle. */
function lineOf<T extends Tensor>(
  ops: NetworkOps<T>,
  { windowNormalization }: WindowScaling,
  { shift, scale }: WindowStatistics<T>,
): WindowStatistics<T> {
  if (windowNormalization !== 'minmax1') return { shift, scale };
  const half = ops.mul(scale, ops.tensor([0.5], []));
  return { shift: ops.add(shift, half), scale: half };
}

/** @param sum `[batch, outputs, horizon]`, or 1 where it is the same for all */
function scaleBackSum<T extends Tensor>(
  ops: NetworkOps<T>,
  config: WindowScaling,
  sum: T,
  back: WindowStatistics<T> | null,
): T {
  const { scaleDecouple } = config;
  if (scaleDecouple !== 'none') return decoupleScale(ops, scaleDecouple, sum, back);
  const { shift, scale } = back!;
  const halfDifference = ops.mul(
    ops.sub(ops.exp(sum), ops.exp(ops.mul(sum, ops.tensor([-1], [])))),
    ops.tensor([0.5], []),
  );
  return ops.add(ops.mul(halfDifference, scale), shift);
}
