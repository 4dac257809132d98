import type { Json, NeuralModel, Tensor, WindowTensors } from '@nt/tensor';
import type { NbeatsConfig, StackType } from './nbeats-options.ts';

/** One summand of a forecast. */
export interface NbeatsPart<T extends Tensor> {
  /** Number of the stack, from 0; null for the level, which is the last observed value. */
  readonly stack: number | null;
  readonly type: StackType | 'level';
  /** `[batch, horizon, outputs]`, the caller's to dispose. */
  readonly forecast: T;
}

/** An N-BEATS network on one engine. */
export type NbeatsModel<T extends Tensor> = NeuralModel<T> & {
  readonly modelType: 'nbeats';
  readonly config: Json & NbeatsConfig;
  /**
   * What a forecast is the sum of: the last observed value, then each block's contribution, stack after stack. Added in
   * this order they give `forward`'s result to the last bit; with `invariant` or `scaleDecouple`, whose way back is no sum,
   * each part is what it adds to those before it, and they give it to rounding.
   *
   * Source: neuralforecast 3.3's `decompose_forecast`.
   *
   * @throws LayersError `layers/input`
   */
  decompose(window: WindowTensors<T>): NbeatsPart<T>[];
};
