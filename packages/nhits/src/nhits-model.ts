import type { NeuralModel, Tensor } from '@nt/tensor';

/** An N-HiTS network on one engine. */
export type NhitsModel<T extends Tensor> = NeuralModel<T> & { readonly modelType: 'nhits' };
