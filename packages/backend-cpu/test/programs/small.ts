import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { modelProgram, seeded } from './model-program.ts';
import { type TfjsProgram, training, variable, wave } from './program.ts';

const { layers: make } = layers;

/** A tiny network from core operations. */
const core = (name: string, batch: number, widths: readonly number[], optimizer?: () => tf.Optimizer): TfjsProgram => ({
  ...training(
    name,
    () => {
      const weights = widths.slice(1).map((width, i) => variable([widths[i]!, width], i + 2, 0.3));
      const biases = widths.slice(1).map((width, i) => variable([width], i + 9, 0.1));
      const [x, y] = [wave([batch, widths[0]!]), wave([batch, widths.at(-1)!], 2)];
      const predict = (): tf.Tensor =>
        weights.reduce<tf.Tensor>((h, w, i) => {
          const sum = tf.add(tf.matMul(h as tf.Tensor2D, w as unknown as tf.Tensor2D), biases[i]!);
          return i === weights.length - 1 ? sum : tf.relu(sum);
        }, x);
      const loss = (): tf.Scalar => tf.mean(tf.square(tf.sub(predict(), y))) as tf.Scalar;
      return { variables: [...weights, ...biases], loss, data: [x, y] };
    },
    optimizer,
  ),
  small: true,
});

/** Little work a step: what the engine costs by itself. */
export const smallPrograms: readonly TfjsProgram[] = [
  core('tiny: linear regression, SGD', 32, [4, 1], () => tf.train.sgd(0.01)),
  core('tiny: MLP 8-16-1, batch 16', 16, [8, 16, 1]),
  core('tiny: MLP 16-32-32-1, batch 32', 32, [16, 32, 32, 1]),
  modelProgram({
    name: 'tiny: tf.layers MLP 8-16-1',
    small: true,
    model: () =>
      layers.sequential({
        layers: [
          make.dense({ units: 16, inputShape: [8], activation: 'relu', ...seeded(1) } as never),
          make.dense({ units: 1, ...seeded(2) } as never),
        ],
      }),
    data: () => [wave([16, 8]), wave([16, 1], 2)],
    loss: 'meanSquaredError',
  }),
  modelProgram({
    name: 'tiny: XOR, tf.layers, batch 4',
    small: true,
    model: () =>
      layers.sequential({
        layers: [
          make.dense({ units: 8, inputShape: [2], activation: 'tanh', ...seeded(1) } as never),
          make.dense({ units: 1, activation: 'sigmoid', ...seeded(2) } as never),
        ],
      }),
    data: () => [tf.tensor2d([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]), tf.tensor2d([0, 1, 1, 0], [4, 1])],
    loss: 'binaryCrossentropy',
    optimizer: () => tf.train.sgd(0.1),
  }),
  modelProgram({
    name: 'tiny: LSTM 4 units, 4 steps, batch 4',
    small: true,
    model: () =>
      layers.sequential({
        layers: [
          make.lstm({
            units: 4,
            inputShape: [4, 2],
            ...seeded(1),
            recurrentInitializer: layers.initializers.glorotNormal({ seed: 3 }),
          } as never),
          make.dense({ units: 1, ...seeded(2) } as never),
        ],
      }),
    data: () => [wave([4, 4, 2]), wave([4, 1], 2)],
    loss: 'meanSquaredError',
  }),
];
