import type { NetworkOps, Tensor } from '@nt/tensor';
import type { BlockPlan } from './block-plan.ts';
import type { NbeatsConfig } from './nbeats-options.ts';

/** Functions of time of a block: `[functions, inputSize]` and `[functions, horizon]`. */
export interface BlockBasis<T extends Tensor> {
  readonly backcast: T;
  readonly forecast: T;
}

/** What theta means: `[batch, inputSize]` and `[batch, outputs, horizon]`. */
export interface BlockForecast<T extends Tensor> {
  readonly backcast: T;
  readonly forecast: T;
}

/**
 * Turns the last layer's output into a backcast and a forecast: step by step, or as sums of functions of time, whose
 * weights of the forecast are given function by function, each for every output.
 */
export function readTheta<T extends Tensor>(
  ops: NetworkOps<T>,
  { inputSize, horizon, outputs }: NbeatsConfig,
  { functions }: BlockPlan,
  basis: BlockBasis<T> | null,
  theta: T,
): BlockForecast<T> {
  const batch = theta.shape[0]!;
  const first = basis ? functions : inputSize;
  const rest = theta.shape[1]! - first;
  const seen = ops.slice(theta, [0, 0], [batch, first]);
  const ahead = ops.slice(theta, [0, first], [batch, rest]);
  const groups = basis ? functions : horizon;
  const byOutput = ops.transpose(ops.reshape(ahead, [batch, groups, outputs]), [0, 2, 1]);
  if (!basis) return { backcast: seen, forecast: byOutput };
  return { backcast: ops.constMatMul(seen, basis.backcast), forecast: ops.constMatMul(byOutput, basis.forecast) };
}
