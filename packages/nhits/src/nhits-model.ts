import type { Json, NeuralModel, Tensor, WindowTensors } from '@nt/tensor';
import type { NhitsPart } from './decompose-nhits.ts';
import type { NhitsConfig } from './nhits-options.ts';

/** An N-HiTS network on one engine. */
export type NhitsModel<T extends Tensor> = NeuralModel<T> & {
  readonly modelType: 'nhits';
  readonly config: Json & NhitsConfig;
  /**
   * What a forecast is the sum of: the last observed value, the linear skip if there is one, then the contribution of each
   * block, stack after stack (one block a stack by default). Added in this order they give `forward`'s result to the last
   * bit; with `invariant` or `scaleDecouple`, whose way back is no sum, each part is what it adds to those before it, and
   * they give it to rounding. Without dropout.
   *
   * Source: neuralforecast 3.3's `decompose_forecast`. Golden: `decomposition_first_window`.
   *
   * @throws LayersError `layers/input`
   */
  decompose(window: WindowTensors<T>): NhitsPart<T>[];
};
