import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { modelProgram, seeded } from './model-program.ts';
import { picks, pipeline, type TfjsProgram, training, variable, wave } from './program.ts';

const [batch, inputs, outputs] = [64, 24, 32];
type Loss = (labels: tf.Tensor, predictions: tf.Tensor) => tf.Tensor;

/** One dense layer with a loss of tfjs-core, and an optimizer. */
const dense = (name: string, loss: Loss, optimizer?: () => tf.Optimizer): TfjsProgram =>
  training(
    name,
    () => {
      const [w, b] = [variable([inputs, outputs], 2), variable([outputs], 3)];
      const x = wave([batch, inputs]);
      const labels = tf.tidy(() => tf.oneHot(picks([batch], outputs) as tf.Tensor1D, outputs, 1, 0, 'float32'));
      const predict = (): tf.Tensor => tf.add(tf.matMul(x as tf.Tensor2D, w as unknown as tf.Tensor2D), b);
      return { variables: [w, b], loss: () => tf.mean(loss(labels, predict())) as tf.Scalar, data: [x, labels] };
    },
    optimizer,
  );

const { losses, train } = tf;
const coreLosses: readonly TfjsProgram[] = [
  dense('mean squared error, SGD', losses.meanSquaredError, () => train.sgd(0.01)),
  dense('absolute difference, momentum', losses.absoluteDifference, () => train.momentum(0.01, 0.9)),
  dense('Huber, RMSProp', losses.huberLoss as Loss, () => train.rmsprop(0.01)),
  dense('sigmoid cross-entropy, Adagrad', losses.sigmoidCrossEntropy as Loss, () => train.adagrad(0.01)),
  dense('softmax cross-entropy, Adadelta', losses.softmaxCrossEntropy as Loss, () => train.adadelta(0.01)),
  dense('hinge, Adamax', losses.hingeLoss as Loss, () => train.adamax(0.01)),
  dense('log loss of a sigmoid', (y, p) => losses.logLoss(y, tf.sigmoid(p))),
  dense('cosine distance', (y, p) => losses.cosineDistance(y, tf.div(p, tf.norm(p, 2, -1, true)), -1)),
  dense('log-cosh and quantile', (y, p) => {
    const error = tf.sub(y, p);
    const quantile = tf.maximum(tf.mul(error, 0.9), tf.mul(error, -0.1));
    return tf.add(tf.sub(tf.add(error, tf.softplus(tf.mul(error, -2))), Math.LN2), quantile);
  }),
  dense('Gaussian likelihood with clipping and powers', (y, p) => {
    const deviation = tf.clipByValue(tf.add(tf.softplus(p), 1e-3), 1e-3, 10);
    return tf.add(tf.log(deviation), tf.mul(0.5, tf.pow(tf.div(tf.sub(y, tf.tanh(p)), deviation), 2)));
  }),
  dense('KL divergence, log-sum-exp, log1p', (y, p) =>
    tf.add(tf.sub(tf.logSumExp(p, -1, true), tf.sum(tf.mul(y, p), -1, true)), tf.log1p(tf.square(p))),
  ),
];

const layerLosses = [
  'binaryCrossentropy',
  'kullbackLeiblerDivergence',
  'meanAbsoluteError',
  'meanAbsolutePercentageError',
  'meanSquaredLogarithmicError',
  'cosineProximity',
  'poisson',
  'squaredHinge',
  'categoricalHinge',
  'logcosh',
];
const layerModels = layerLosses.map((loss) =>
  modelProgram({
    name: `tf.layers ${loss} with metrics`,
    model: () =>
      layers.sequential({
        layers: [
          layers.layers.dense({ units: outputs, inputShape: [inputs], activation: 'sigmoid', ...seeded(4) } as never),
        ],
      }),
    data: () => [
      wave([batch, inputs]),
      tf.tidy(() => tf.oneHot(picks([batch], outputs) as tf.Tensor1D, outputs, 1, 0, 'float32')),
    ],
    loss,
    metrics: ['binaryAccuracy', 'categoricalAccuracy', 'precision'].slice(0, loss === 'poisson' ? 3 : 2),
  }),
);

const metrics = pipeline(
  'metrics: accuracy, confusion, top class, recall, ranks',
  () => [tf.tidy(() => tf.softmax(wave([512, 10]))), picks([512], 10)],
  ([scores, labels]) => {
    const chosen = tf.argMax(scores!, -1);
    const right = tf.equal(chosen, labels!);
    const [a, b] = [tf.oneHot(labels as tf.Tensor1D, 10), tf.oneHot(chosen as tf.Tensor1D, 10)];
    return [
      tf.mean(right),
      tf.sum(right),
      tf.matMul(tf.transpose(tf.cast(a, 'float32')), tf.cast(b, 'float32')),
      tf.sum(tf.logicalAnd(tf.greater(scores!, 0.1), tf.cast(a, 'bool'))),
      tf.any(tf.greater(scores!, 0.9), -1),
      tf.all(tf.logicalNot(tf.isNaN(scores!)), -1),
      tf.argMin(scores!, 0),
      tf.math.confusionMatrix(labels as tf.Tensor1D, chosen as tf.Tensor1D, 10),
      tf.cast(tf.round(tf.mul(scores!, 100)), 'int32'),
    ];
  },
);

/** Losses, optimizers and metrics. */
export const lossPrograms: readonly TfjsProgram[] = [...coreLosses, ...layerModels, metrics];
