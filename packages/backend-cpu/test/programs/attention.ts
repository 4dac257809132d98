import * as tf from '@tensorflow/tfjs-core';
import { picks, type TfjsProgram, training, variable, wave } from './program.ts';

const [batch, time, width, heads] = [8, 16, 32, 4];

function layerNorm(x: tf.Tensor, gain: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), gain), bias);
}

const gelu = (x: tf.Tensor): tf.Tensor => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.div(x, Math.SQRT2))));

const project = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
  tf.reshape(tf.matMul(tf.reshape(x, [-1, x.shape.at(-1)!]), w as tf.Tensor2D), [...x.shape.slice(0, -1), w.shape[1]!]);

const splitHeads = (x: tf.Tensor): tf.Tensor =>
  tf.transpose(tf.reshape(x, [batch, time, heads, width / heads]), [0, 2, 1, 3]);

/** Attention with a causal mask. */
function attend(x: tf.Tensor, weights: readonly tf.Tensor[], mask: tf.Tensor): tf.Tensor {
  const [q, k, v] = tf.split(project(x, weights[0]!), 3, -1).map(splitHeads) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const scores = tf.mul(tf.matMul(q, k, false, true), (width / heads) ** -0.5);
  const masked = tf.where(mask, scores, tf.fill(scores.shape, -1e9));
  const mixed = tf.transpose(tf.matMul(tf.softmax(masked), v), [0, 2, 1, 3]);
  return project(tf.reshape(mixed, [batch, time, width]), weights[1]!);
}

const causalMask = (): tf.Tensor =>
  tf.tidy(() => {
    const at = tf.range(0, time, 1, 'int32');
    const one = tf.greaterEqual(tf.expandDims(at, 1), tf.expandDims(at, 0));
    return tf.tile(tf.reshape(one, [1, 1, time, time]), [batch, heads, 1, 1]);
  });

const transformer = training('attention block with embedding, layer norm and GELU', () => {
  const [words, classes] = [200, 50];
  const table = variable([words, width], 1);
  const positions = variable([time, width], 2);
  const weights = [variable([width, 3 * width], 3), variable([width, width], 4)];
  const hidden = [variable([width, 4 * width], 5), variable([4 * width, width], 6)];
  const norms = [7, 8].map((seed) => [variable([width], seed), variable([width], seed + 2)]);
  const output = variable([width, classes], 11);
  const [tokens, labels, mask] = [picks([batch, time], words), picks([batch, time], classes), causalMask()];
  const loss = (): tf.Scalar => {
    let x = tf.add(tf.gather(table, tokens as tf.Tensor1D), positions) as tf.Tensor;
    x = tf.add(x, attend(layerNorm(x, norms[0]![0]!, norms[0]![1]!), weights, mask));
    x = tf.add(x, project(gelu(project(layerNorm(x, norms[1]![0]!, norms[1]![1]!), hidden[0]!)), hidden[1]!));
    const logits = tf.reshape(project(x, output), [batch * time, classes]);
    const hot = tf.oneHot(tf.reshape(labels, [batch * time]) as tf.Tensor1D, classes);
    return tf.losses.softmaxCrossEntropy(hot, logits) as tf.Scalar;
  };
  return {
    variables: [table, positions, ...weights, ...hidden, ...norms.flat(), output],
    loss,
    data: [tokens, labels, mask],
  };
});

const sineEncoding = training('attention with sine positions, log-softmax, additive mask', () => {
  const weights = [variable([width, 3 * width], 3), variable([width, width], 4)];
  const output = variable([width, 20], 5);
  const [x, mask] = [wave([batch, time, width]), causalMask()];
  const target = tf.tidy(() => tf.oneHot(picks([batch], 20) as tf.Tensor1D, 20, 1, 0, 'float32'));
  const loss = (): tf.Scalar => {
    const at = tf.mul(tf.expandDims(tf.range(0, time), 1), tf.exp(tf.mul(tf.range(0, width / 2), -0.3)));
    const encoding = tf.concat([tf.sin(at), tf.cos(at)], 1);
    const mixed = attend(tf.add(x, encoding), weights, mask);
    const last = tf.squeeze(tf.slice(mixed, [0, time - 1, 0], [-1, 1, -1]), [1]);
    return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(project(last, output)), target), -1))) as tf.Scalar;
  };
  return { variables: [...weights, output], loss, data: [x, mask, target] };
});

/** Transformers from core operations. */
export const attentionPrograms: readonly TfjsProgram[] = [transformer, sineEncoding];
