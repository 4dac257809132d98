import * as tf from '@tensorflow/tfjs-core';

/** A program as tfjs users write them: `make` prepares it on the active backend. */
export interface TfjsProgram {
  readonly name: string;
  /** `small` ones do little work a step: there the engine's own cost shows. */
  readonly small?: boolean;
  /** Draws without a seed: losses of two engines differ. */
  readonly random?: boolean;
  make(): RunningProgram;
}

export interface RunningProgram {
  /** One training step, or one pass of a pipeline; gives the loss or a sum of the results. */
  step(): number | Promise<number>;
  dispose(): void;
}

/** A smooth, reproducible array of values in (-1, 1). */
export function wave<Shape extends readonly number[]>(shape: Shape, seed = 1): tf.Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  const values = Float32Array.from({ length: count }, (_, i) => Math.sin(i * 0.7391 * seed + seed * seed));
  return tf.tensor(values, [...shape]);
}

/** Whole numbers below `limit`, in no simple order. */
export function picks(shape: readonly number[], limit: number, dtype: 'int32' | 'float32' = 'int32'): tf.Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Array.from({ length: count }, (_, i) => (i * 7919 + (i >> 3)) % limit),
    [...shape],
    dtype,
  );
}

/** Variables, a loss of them and an optimizer, as one program. */
export function training(
  name: string,
  prepare: () => { readonly variables: tf.Variable[]; readonly loss: () => tf.Scalar; readonly data?: tf.Tensor[] },
  optimizer: () => tf.Optimizer = () => tf.train.adam(1e-3),
): TfjsProgram {
  return {
    name,
    make() {
      const { variables, loss, data = [] } = prepare();
      const update = optimizer();
      return {
        step() {
          const cost = update.minimize(loss, true, variables)!;
          const [value] = cost.dataSync();
          cost.dispose();
          return value!;
        },
        dispose() {
          tf.dispose([...variables, ...data]);
          update.dispose();
        },
      };
    },
  };
}

/** What is computed from tensors that stay: no training. */
export function pipeline(
  name: string,
  prepare: () => tf.Tensor[],
  run: (data: tf.Tensor[]) => tf.Tensor[],
): TfjsProgram {
  return {
    name,
    make() {
      const data = prepare();
      return {
        step: () =>
          tf.tidy(() => {
            let total = 0;
            for (const result of run(data)) {
              const values = result.dataSync();
              for (let i = 0; i < values.length; i += 97) total += Number(values[i]);
            }
            return total;
          }),
        dispose: () => tf.dispose(data),
      };
    },
  };
}

export const variable = (shape: readonly number[], seed: number, scale = 0.1): tf.Variable =>
  tf.tidy(() => tf.variable(tf.mul(wave(shape, seed), scale)));
