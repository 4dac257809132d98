import { type Backend, elementwiseRule, type NetworkOps, type Tensor, uniformValues, type Variable } from '@nt/tensor';
import { sizes, smallNetwork } from './small-network.ts';

/** What a training run leaves behind. */
export interface TrainingRun {
  /** Mean absolute error before each update. */
  readonly losses: readonly number[];
  /** Living tensors after each update; more than one value means a leak. */
  readonly tensors: readonly number[];
}

const adam = elementwiseRule({
  name: 'adam',
  inputs: ['weight', 'gradient', 'mean', 'square'],
  scalars: ['rate', 'meanCorrection', 'squareCorrection'],
  definitions: [
    ['newMean', ['+', ['*', 0.9, 'mean'], ['*', 0.1, 'gradient']]],
    ['newSquare', ['+', ['*', 0.999, 'square'], ['*', 0.001, ['*', 'gradient', 'gradient']]]],
    ['root', ['+', ['sqrt', ['/', 'newSquare', 'squareCorrection']], 1e-8]],
  ],
  outputs: [
    ['weight', ['-', 'weight', ['*', 'rate', ['/', ['/', 'newMean', 'meanCorrection'], 'root']]]],
    ['mean', 'newMean'],
    ['square', 'newSquare'],
  ],
});

/** Trains the small network with Adam on windows of a noisy wave: the same data, weights and order on every engine. */
export async function trainSmallNetwork<T extends Tensor>(backend: Backend<T>, updates: number): Promise<TrainingRun> {
  const { ops } = backend;
  const network = smallNetwork(ops);
  const moments = network.parameters.map((parameter) => ({
    parameter,
    mean: momentFor(ops, parameter, 'mean'),
    square: momentFor(ops, parameter, 'square'),
  }));
  const losses: number[] = [];
  const tensors: number[] = [];
  for (let update = 0; update < updates; update++) {
    const loss = ops.tidy(() => {
      const [input, target] = windows(ops, update);
      const meanAbsoluteError = (): T => {
        const errors = ops.abs(ops.sub(network.forward(input), target));
        return ops.div(ops.sum(errors), ops.tensor([sizes.batch * sizes.horizon], []));
      };
      const { value, grads } = ops.variableGrads(meanAbsoluteError, network.parameters);
      const scalars = {
        rate: 1e-3,
        meanCorrection: 1 - 0.9 ** (update + 1),
        squareCorrection: 1 - 0.999 ** (update + 1),
      };
      for (const { parameter, mean, square } of moments) {
        const inputs = {
          weight: parameter as T,
          gradient: grads[parameter.name]!,
          mean: mean as T,
          square: square as T,
        };
        const next = ops.elementwise(adam, inputs, scalars);
        parameter.assign(next.weight);
        mean.assign(next.mean);
        square.assign(next.square);
      }
      return value;
    });
    losses.push((await loss.data())[0]!);
    loss.dispose();
    tensors.push(backend.memory().tensors);
  }
  ops.dispose(moments.flatMap(({ mean, square }) => [mean as T, square as T]));
  network.dispose();
  return { losses, tensors };
}

function momentFor<T extends Tensor>(ops: NetworkOps<T>, parameter: Variable<T>, kind: string): Variable<T> {
  return ops.tidy(() => ops.variable(ops.zeros(parameter.shape), { name: `${kind} of ${parameter.name}` }));
}

/** One batch: each window begins at a random place of a wave with noise. */
function windows<T extends Tensor>(ops: NetworkOps<T>, update: number): [input: T, target: T] {
  const { batch, inputSize, horizon } = sizes;
  const starts = uniformValues(batch, { seed: 2, counter: update });
  const noise = uniformValues(batch * (inputSize + horizon), { seed: 3, counter: update });
  const value = (row: number, step: number): number =>
    Math.sin(((starts[row]! * 24 + step) * 2 * Math.PI) / 24) +
    0.2 * (noise[row * (inputSize + horizon) + step]! - 0.5);
  const block = (from: number, length: number): T => {
    const values = Array.from({ length: batch * length }, (_, i) => value(Math.floor(i / length), from + (i % length)));
    return ops.tensor(values, [batch, length]);
  };
  return [block(0, inputSize), block(inputSize, horizon)];
}
