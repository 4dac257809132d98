import type { NetworkOps, Tensor } from '@nt/tensor';
import type { TrainableModel } from '@nt/trainer';
import type { WindowSizes } from './wave-windows.ts';

/** The least that can forecast: a window times one matrix of weights. */
export interface LinearForecaster<T extends Tensor> extends TrainableModel<T> {
  /** @param input [batch, inputSize] @returns [batch, horizon, 1] */
  forward(input: T): T;
  dispose(): void;
}

/** Begins at zero. */
export function createLinearForecaster<T extends Tensor>(
  ops: NetworkOps<T>,
  { batch, inputSize, horizon }: WindowSizes,
): LinearForecaster<T> {
  const shape = [inputSize, horizon];
  const zeros = ops.zeros(shape);
  const weight = ops.variable(zeros, { name: 'linear-forecaster.weight' });
  zeros.dispose();
  return {
    parameters: new Map([['weight', weight]]),
    forward: (input) => ops.reshape(ops.matMul(input, weight), [batch, horizon, 1]),
    saveWeights: async () => ({
      weight: { shape, dtype: 'float32', data: Float32Array.from(await weight.data()) },
    }),
    loadWeights(arrays) {
      const loaded = ops.tensor(arrays['weight']!.data, shape);
      weight.assign(loaded);
      loaded.dispose();
    },
    dispose: () => weight.dispose(),
  };
}
