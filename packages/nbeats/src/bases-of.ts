import type { BlockPlan } from './block-plan.ts';
import type { NbeatsConfig } from './nbeats-options.ts';
import { seasonalityBasis } from './seasonality-basis.ts';
import { trendBasis } from './trend-basis.ts';

/** Functions of time over the look-back `[functions, inputSize]` and ahead `[functions, horizon]`, row-major. */
export interface BasesOfBlock {
  readonly backcast: Float64Array;
  readonly forecast: Float64Array;
}

/** What a block's backcast and forecast are sums of; null where they are given step by step. */
export function basesOf(
  { inputSize, horizon, basis, nHarmonics }: NbeatsConfig,
  { type, functions }: BlockPlan,
): BasesOfBlock | null {
  if (type === 'identity') return null;
  if (type === 'trend')
    return { backcast: trendBasis(basis, functions, inputSize), forecast: trendBasis(basis, functions, horizon) };
  const waves = (length: number, direction: 1 | -1): Float64Array =>
    seasonalityBasis(nHarmonics, horizon, length, direction);
  return { backcast: waves(inputSize, -1), forecast: waves(horizon, 1) };
}
