import type { NamedArrays, NetworkOps, RandomKey, Tensor, Variable } from '@nt/tensor';
import type { TrainableModel } from '../../src/index.ts';

/** A network small enough for central differences: inputSize → hidden (tanh) → 1, with seeded dropout on request. */
export interface ToyModel<T extends Tensor> extends TrainableModel<T> {
  forward(ops: NetworkOps<T>, x: T, run: { readonly training: boolean; readonly random: RandomKey }): T;
  dispose(): void;
}

export interface ToyModelOptions {
  readonly inputSize?: number;
  readonly hidden?: number;
  /** Part of the hidden units that is dropped in training. */
  readonly dropout?: number;
  readonly prefix?: string;
}

export function toyModel<T extends Tensor>(ops: NetworkOps<T>, options: ToyModelOptions = {}): ToyModel<T> {
  const { inputSize = 3, hidden = 3, dropout = 0, prefix = '' } = options;
  const shapes: Record<string, number[]> = {
    'hidden.weight': [inputSize, hidden],
    'hidden.bias': [hidden],
    'output.weight': [hidden, 1],
    'output.bias': [1],
  };
  const parameters = new Map<string, Variable<T>>();
  Object.entries(shapes).forEach(([name, shape], index) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const values = Array.from({ length: size }, (_, i) => Math.sin(1 + i * 1.7 + index * 2.3) * 0.6);
    const initial = ops.tensor(values, shape);
    parameters.set(name, ops.variable(initial, { name: prefix + name }));
    initial.dispose();
  });
  const of = (name: string): T => parameters.get(name)!;
  return {
    parameters,
    forward(o, x, run) {
      let h = o.dense(x, of('hidden.weight'), of('hidden.bias'), 'tanh');
      if (run.training && dropout > 0) h = o.mul(h, dropMask(o, h.shape, dropout, run.random));
      return o.dense(h, of('output.weight'), of('output.bias'), 'linear');
    },
    saveWeights: () => readAll(parameters),
    loadWeights(arrays) {
      for (const [name, variable] of parameters) {
        const { data, shape } = arrays[name]!;
        const value = ops.tensor(data, shape);
        try {
          variable.assign(value);
        } finally {
          value.dispose();
        }
      }
    },
    dispose() {
      for (const variable of parameters.values()) variable.dispose();
    },
  };
}

/** 0 or 1 / (1 − rate): round(u + ½ − rate) by ops that every engine has. */
function dropMask<T extends Tensor>(ops: NetworkOps<T>, shape: readonly number[], rate: number, key: RandomKey): T {
  const uniform = ops.randomUniform(shape, key);
  const above = ops.sub(uniform, ops.tensor([rate], []));
  const kept = ops.minimum(
    ops.maximum(ops.mul(above, ops.tensor([1e9], [])), ops.tensor([0], [])),
    ops.tensor([1], []),
  );
  return ops.mul(kept, ops.tensor([1 / (1 - rate)], []));
}

async function readAll<T extends Tensor>(parameters: ReadonlyMap<string, Variable<T>>): Promise<NamedArrays> {
  const arrays: Record<string, NamedArrays[string]> = {};
  for (const [name, variable] of parameters) {
    const data = await variable.data();
    const values = variable.dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data);
    arrays[name] = { shape: variable.shape, dtype: variable.dtype, data: values };
  }
  return arrays;
}
