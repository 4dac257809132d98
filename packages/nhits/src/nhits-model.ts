import type { NeuralModel, Tensor, WindowTensors } from '@nt/tensor';
import type { NhitsPart } from './decompose-nhits.ts';

/** An N-HiTS network on one engine. */
export type NhitsModel<T extends Tensor> = NeuralModel<T> & {
  readonly modelType: 'nhits';
  /**
   * What a forecast is the sum of: the last observed value, then the contribution of each block, stack after stack (one
   * block a stack by default). Added in this order they give `forward`'s result to the last bit. Without dropout.
   *
   * Source: neuralforecast 3.3's `decompose_forecast`. Golden: `decomposition_first_window`.
   *
   * @throws NhitsError `nhits/input`
   */
  decompose(window: WindowTensors<T>): NhitsPart<T>[];
};
