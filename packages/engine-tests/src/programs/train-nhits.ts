import { createNhits } from '@nt/nhits';
import { adamw, chain, clipByGlobalNorm, createOptimizer } from '@nt/optim';
import type { Backend, Tensor } from '@nt/tensor';
import { mae } from '@nt/trainer/losses';
import { waveWindows } from './wave-windows.ts';

const sizes = { batch: 16, inputSize: 24, horizon: 12 } as const;

/** What a training run leaves behind. */
export interface TrainingRun {
  /** Mean absolute error before each update. */
  readonly losses: readonly number[];
  /** Living tensors after each update; more than one value means a leak. */
  readonly tensors: readonly number[];
}

/** Trains N-HiTS on windows of a noisy wave, without a trainer: the same data, weights and order on every engine. */
export async function trainNhits<T extends Tensor>(backend: Backend<T>, updates: number): Promise<TrainingRun> {
  const { ops } = backend;
  const { batch, inputSize, horizon } = sizes;
  const model = createNhits(ops, { inputSize, horizon, hiddenSize: 32 });
  const transform = chain(clipByGlobalNorm(1), adamw({ learningRate: 1e-3 }));
  const optimizer = createOptimizer({ ops, parameters: model.parameters, transform });
  const losses: number[] = [];
  const tensors: number[] = [];
  for (let update = 0; update < updates; update++) {
    const loss = ops.tidy(() => {
      const windows = waveWindows(sizes, update);
      const input = ops.tensor(windows.input, [batch, inputSize]);
      const target = ops.tensor(windows.target, [batch, horizon]);
      const lossOf = (): T =>
        mae(ops, model.forward({ input }, { training: true, random: { seed: 1, counter: update } }), target);
      const { value, grads } = ops.variableGrads(lossOf, [...model.parameters.values()]);
      optimizer.apply(grads);
      return value;
    });
    losses.push((await loss.data())[0]!);
    loss.dispose();
    tensors.push(backend.memory().tensors);
  }
  optimizer.dispose();
  model.dispose();
  return { losses, tensors };
}
