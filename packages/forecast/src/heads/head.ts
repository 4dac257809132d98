import type { Loss } from '@nt/trainer/losses';

/** What an engine gives back, as it gives it: a copy for its own sake would be most of what a small network does. */
export type Outputs = Float32Array | Float64Array;

/** What a head makes of the network's outputs, still scaled; every array has one number for each forecast time step. */
export interface HeadReading {
  readonly point: Outputs;
  /** One array for each quantile that was asked for. */
  readonly quantiles: readonly Float64Array[];
}

/** Distributions whose parameters a network can give. */
export type DistributionName = 'normal' | 'studentT' | 'negativeBinomial';

/**
 * The one place where a loss is paired with what the network gives: how many numbers there are for each time step, how
 * they are judged in training, and what they mean in a forecast.
 */
export interface Head {
  /** Numbers that the network gives for each forecast time step. */
  readonly outputs: number;
  /** What these are the parameters of; absent where they are values. */
  readonly distribution?: DistributionName;
  /** Which quantiles it can tell: these, any, or none (an empty list). */
  readonly quantiles: readonly number[] | 'any';
  /** What it is trained on: scaled values, or counts 0, 1, 2 … as they are. */
  readonly data: 'any scale' | 'counts';
  readonly loss: Loss;
  /**
   * @param outputs `[steps, outputs]` as the network gave them
   * @param quantiles in (0, 1), each one that the head can tell
   */
  read(outputs: Outputs, quantiles: readonly number[]): HeadReading;
}
