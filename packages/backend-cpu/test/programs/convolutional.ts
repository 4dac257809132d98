import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { modelProgram, seeded } from './model-program.ts';
import { picks, type TfjsProgram, wave } from './program.ts';

const { layers: make } = layers;
const batch = 8;

const conv = (filters: number, extra: object = {}): layers.layers.Layer =>
  make.conv2d({ filters, kernelSize: 3, padding: 'same', ...seeded(filters), ...extra } as never);
const classes = (units: number): layers.layers.Layer => make.dense({ units, activation: 'softmax', ...seeded(7) });
const oneHot = (count: number, depth: number): tf.Tensor =>
  tf.tidy(() => tf.oneHot(picks([count], depth), depth, 1, 0, 'float32'));

const images = (name: string, hidden: () => layers.layers.Layer[], random = false): TfjsProgram =>
  modelProgram({
    name,
    model: () =>
      layers.sequential({
        layers: [
          make.inputLayer({ inputShape: [16, 16, 3] }),
          ...hidden(),
          make.globalAveragePooling2d({}) as never,
          classes(5),
        ],
      }),
    data: () => [wave([batch, 16, 16, 3]), oneHot(batch, 5)],
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
    random,
  });

const series = (name: string, hidden: () => layers.layers.Layer[]): TfjsProgram =>
  modelProgram({
    name,
    model: () =>
      layers.sequential({
        layers: [
          make.inputLayer({ inputShape: [48, 6] }),
          ...hidden(),
          make.flatten(),
          make.dense({ units: 1, ...seeded(3) }),
        ],
      }),
    data: () => [wave([batch, 48, 6]), wave([batch, 1], 3)],
    loss: 'meanSquaredError',
    optimizer: () => tf.train.rmsprop(1e-3, 0.9, 0.5),
  });

const conv1d = (filters: number, extra: object = {}): layers.layers.Layer =>
  make.conv1d({ filters, kernelSize: 3, ...seeded(filters + 1), ...extra } as never);

/** Convolutions in one and two dimensions. */
export const convolutionalPrograms: readonly TfjsProgram[] = [
  images('conv2d, batch norm, max pooling', () => [
    conv(16),
    make.batchNormalization({}),
    make.reLU({}),
    make.maxPooling2d({ poolSize: 2 }),
    conv(24, { activation: 'relu' }),
    make.batchNormalization({}),
  ]),
  images('depthwise and separable conv2d', () => [
    make.depthwiseConv2d({ kernelSize: 3, padding: 'same', depthMultiplier: 2, depthwiseInitializer: 'ones' }),
    make.separableConv2d({
      filters: 16,
      kernelSize: 3,
      strides: 2,
      activation: 'relu',
      depthwiseInitializer: layers.initializers.glorotNormal({ seed: 4 }),
      pointwiseInitializer: layers.initializers.glorotNormal({ seed: 5 }),
    }),
    make.zeroPadding2d({ padding: 1 }),
  ]),
  images(
    'conv2d with dropout and noise',
    () => [
      conv(16, { strides: 2, activation: 'elu' }),
      make.dropout({ rate: 0.25, seed: 1 }),
      make.gaussianNoise({ stddev: 0.1 }),
      make.averagePooling2d({ poolSize: 2 }),
      make.leakyReLU({ alpha: 0.1 }),
    ],
    true,
  ),
  images('transposed conv2d, cropping, prelu', () => [
    make.conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', ...seeded(2) } as never),
    make.prelu({ alphaInitializer: 'zeros' }) as never,
    make.cropping2D({ cropping: 2 }) as never,
  ]),
  series('conv1d, layer norm, pooling', () => [
    conv1d(16, { activation: 'relu' }),
    make.layerNormalization({}),
    make.maxPooling1d({ poolSize: 2 }),
    conv1d(16, { padding: 'same', activation: 'swish' }),
  ]),
  series('conv1d, batch norm, strides', () => [
    conv1d(24, { strides: 2, activation: 'tanh' }),
    make.batchNormalization({}),
    make.averagePooling1d({ poolSize: 2 }),
  ]),
];
