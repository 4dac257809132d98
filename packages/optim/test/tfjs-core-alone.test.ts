import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { sgd } from '../src/index.ts';
import { asTfOptimizer } from '../src/tfjs/index.ts';

test('minimize works with tfjs-core alone, which registers no gradients itself', async () => {
  await tf.setBackend('cpu');
  expect(tf.getGradient('Multiply')).toBeUndefined();
  const a = tf.variable(tf.tensor([1, 2]));
  asTfOptimizer(sgd({ learningRate: 0.25 })).minimize(() => tf.sum(tf.mul(a, a)) as tf.Scalar, false, [a]);
  expect([...a.dataSync()]).toEqual([0.5, 1]);
});
