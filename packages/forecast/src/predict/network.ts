import type { Backend, NeuralModel, Tensor } from '@nt/tensor';
import type { Head } from '../heads/head.ts';
import type { CovariateCounts } from './window-tensors.ts';

/** A network with what is needed to ask it. */
export interface Network<T extends Tensor> {
  readonly backend: Backend<T>;
  readonly model: NeuralModel<T>;
  readonly head: Head;
  readonly counts: CovariateCounts;
}
