import type { NetworkOps, Tensor, Variable } from '@nt/tensor';

/** Sizes of the network: three blocks, each looks at the input pooled by its kernel and speaks in that many knots. */
export const sizes = {
  batch: 16,
  inputSize: 24,
  horizon: 12,
  hidden: 32,
  kernels: [4, 2, 1],
  knots: [3, 6, 12],
} as const;

/** A network in the manner of N-HiTS: enough of one to drive an engine, while the real one lives in @nt/nhits. */
export interface SmallNetwork<T extends Tensor> {
  readonly parameters: readonly Variable<T>[];
  /** `[batch, inputSize]` → `[batch, horizon]` */
  readonly forward: (input: T) => T;
  readonly dispose: () => void;
}

/** Weights come from `randomUniform`, so they are the same on every engine. */
export function smallNetwork<T extends Tensor>(ops: NetworkOps<T>): SmallNetwork<T> {
  const { inputSize, horizon, hidden, kernels, knots } = sizes;
  const parameters: Variable<T>[] = [];
  const constants: T[] = [];
  const weight = (rows: number, columns: number): Variable<T> => {
    const variable = ops.tidy(() => {
      const uniform = ops.randomUniform([rows, columns], { seed: 1, counter: parameters.length });
      const centred = ops.sub(uniform, ops.tensor([0.5], []));
      return ops.variable(ops.mul(centred, ops.tensor([2 / Math.sqrt(rows)], [])), {
        name: `weight${parameters.length}`,
      });
    });
    parameters.push(variable);
    return variable;
  };
  const bias = (length: number): Variable<T> => {
    const variable = ops.tidy(() => ops.variable(ops.zeros([length]), { name: `bias${parameters.length}` }));
    parameters.push(variable);
    return variable;
  };
  const blocks = kernels.map((kernelSize, i) => {
    const outputs = inputSize + knots[i]!;
    const interpolation = ops.tensor(interpolationMatrix(knots[i]!, horizon), [knots[i]!, horizon]);
    constants.push(interpolation);
    const layers = [
      weight(Math.ceil(inputSize / kernelSize), hidden),
      bias(hidden),
      weight(hidden, hidden),
      bias(hidden),
    ] as const;
    const [w3, b3] = [weight(hidden, outputs), bias(outputs)];
    return { kernelSize, knots: knots[i]!, interpolation, layers, w3, b3 };
  });

  const forward = (input: T): T => {
    const batch = input.shape[0]!;
    let residual = input;
    let forecast = ops.slice(input, [0, inputSize - 1], [batch, 1]);
    for (const { kernelSize, knots: count, interpolation, layers, w3, b3 } of blocks) {
      const [w1, b1, w2, b2] = layers;
      const pooled = ops.maxPool1d(residual, { kernelSize });
      const theta = ops.dense(ops.dense(ops.dense(pooled, w1, b1, 'relu'), w2, b2, 'relu'), w3, b3, 'linear');
      residual = ops.sub(residual, ops.slice(theta, [0, 0], [batch, inputSize]));
      forecast = ops.add(forecast, ops.constMatMul(ops.slice(theta, [0, inputSize], [batch, count]), interpolation));
    }
    // Joined and cut apart again, so that concat and its gradient are part of the work.
    return ops.slice(ops.concat([forecast, residual], 1), [0, 0], [batch, horizon]);
  };
  return { parameters, forward, dispose: () => ops.dispose([...(parameters as readonly T[]), ...constants]) };
}

/** Linear interpolation of `knots` equally spaced values to `horizon`, as PyTorch without aligned corners. */
function interpolationMatrix(knots: number, horizon: number): number[] {
  const matrix = new Array<number>(knots * horizon).fill(0);
  for (let step = 0; step < horizon; step++) {
    const place = Math.min(Math.max(((step + 0.5) * knots) / horizon - 0.5, 0), knots - 1);
    const left = Math.floor(place);
    const right = Math.min(left + 1, knots - 1);
    matrix[left * horizon + step]! += 1 - (place - left);
    matrix[right * horizon + step]! += place - left;
  }
  return matrix;
}
