import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import type { TfjsProgram } from './program.ts';

export type Model = layers.LayersModel;

/** Initial weights that are the same on every engine. */
export const seeded = (seed: number): object => ({
  kernelInitializer: layers.initializers.glorotNormal({ seed }),
});

/** A `tf.layers` model trained batch by batch. */
export function modelProgram(options: {
  readonly name: string;
  readonly small?: boolean;
  readonly random?: boolean;
  readonly model: () => Model;
  readonly data: () => [tf.Tensor, tf.Tensor];
  readonly loss: string;
  readonly metrics?: string[];
  readonly optimizer?: () => tf.Optimizer;
}): TfjsProgram {
  const { name, small = false, random = false, loss, metrics = [], optimizer = () => tf.train.adam(1e-3) } = options;
  return {
    name,
    small,
    random,
    make() {
      const model = options.model();
      model.compile({ optimizer: optimizer(), loss, metrics });
      const [x, y] = options.data();
      return {
        async step() {
          const result = await model.trainOnBatch(x, y);
          return Array.isArray(result) ? result[0]! : result;
        },
        dispose() {
          model.dispose();
          tf.dispose([x, y]);
        },
      };
    },
  };
}
