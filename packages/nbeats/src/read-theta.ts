import type { NetworkOps, Tensor } from '@nt/tensor';
import type { BlockPlan } from './block-plan.ts';
import type { NbeatsConfig } from './nbeats-options.ts';

/** Functions of time of a block: `[functions, inputSize]` and `[functions, horizon]`. */
export interface BlockBasis<T extends Tensor> {
  readonly backcast: T;
  readonly forecast: T;
}

/** What theta means: `[batch, inputSize]`, null where theta has no part for it, and `[batch, outputs, horizon]`. */
export interface BlockForecast<T extends Tensor> {
  readonly backcast: T | null;
  readonly forecast: T;
}

/** How much of theta is the backcast, which comes first. */
export const backcastPart = ({ inputSize }: NbeatsConfig, { functions }: BlockPlan): number => functions || inputSize;

/**
 * Turns the last layer's output into a backcast and a forecast: step by step, or as sums of functions of time, whose
 * weights of the forecast are given function by function, each for every output.
 */
export function readTheta<T extends Tensor>(
  ops: NetworkOps<T>,
  { horizon, outputs }: NbeatsConfig,
  { functions }: BlockPlan,
  basis: BlockBasis<T> | null,
  theta: T,
): BlockForecast<T> {
  const [batch, width] = theta.shape as [number, number];
  const groups = functions || horizon;
  const ahead = outputs * groups;
  const first = width - ahead;
  const byGroup = ops.reshape(first > 0 ? ops.slice(theta, [0, first], [batch, ahead]) : theta, [
    batch,
    groups,
    outputs,
  ]);
  const byOutput = ops.transpose(byGroup, [0, 2, 1]);
  const seen = first > 0 ? ops.slice(theta, [0, 0], [batch, first]) : null;
  if (!basis) return { backcast: seen, forecast: byOutput };
  return {
    backcast: seen && ops.constMatMul(seen, basis.backcast),
    forecast: ops.constMatMul(byOutput, basis.forecast),
  };
}
