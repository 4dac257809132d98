import { createNhits } from '@nt/nhits';
import { adamw, chain, clipByGlobalNorm, createOptimizer } from '@nt/optim';
import { type Backend, type NetworkOps, type Tensor, uniformValues } from '@nt/tensor';

const sizes = { batch: 16, inputSize: 24, horizon: 12, hiddenSize: 32 } as const;

/** What a training run leaves behind. */
export interface TrainingRun {
  /** Mean absolute error before each update. */
  readonly losses: readonly number[];
  /** Living tensors after each update; more than one value means a leak. */
  readonly tensors: readonly number[];
}

/** Trains N-HiTS on windows of a noisy wave: the same data, weights and order on every engine. */
export async function trainNhits<T extends Tensor>(backend: Backend<T>, updates: number): Promise<TrainingRun> {
  const { ops } = backend;
  const { inputSize, horizon, hiddenSize } = sizes;
  const model = createNhits(ops, { inputSize, horizon, hiddenSize });
  const transform = chain(clipByGlobalNorm(1), adamw({ learningRate: 1e-3 }));
  const optimizer = createOptimizer({ ops, parameters: model.parameters, transform });
  const losses: number[] = [];
  const tensors: number[] = [];
  for (let update = 0; update < updates; update++) {
    const loss = ops.tidy(() => {
      const [input, target] = windows(ops, update);
      const meanAbsoluteError = (): T => {
        const forecast = model.forward({ input }, { training: true, random: { seed: 1, counter: update } });
        const errors = ops.abs(ops.sub(forecast, target));
        return ops.div(ops.sum(errors), ops.tensor([sizes.batch * horizon], []));
      };
      const { value, grads } = ops.variableGrads(meanAbsoluteError, [...model.parameters.values()]);
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

/** One batch: each window begins at a random place of a wave with noise. */
function windows<T extends Tensor>(ops: NetworkOps<T>, update: number): [input: T, target: T] {
  const { batch, inputSize, horizon } = sizes;
  const starts = uniformValues(batch, { seed: 2, counter: update });
  const noise = uniformValues(batch * (inputSize + horizon), { seed: 3, counter: update });
  const value = (row: number, step: number): number =>
    Math.sin(((starts[row]! * 24 + step) * 2 * Math.PI) / 24) +
    0.2 * (noise[row * (inputSize + horizon) + step]! - 0.5);
  const block = (from: number, length: number): number[] =>
    Array.from({ length: batch * length }, (_, i) => value(Math.floor(i / length), from + (i % length)));
  return [
    ops.tensor(block(0, inputSize), [batch, inputSize]),
    ops.tensor(block(inputSize, horizon), [batch, horizon, 1]),
  ];
}
