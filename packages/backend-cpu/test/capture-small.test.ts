import { createCpuBackend } from '@nt/backend-cpu';
import { type Backend, uniformValues } from '@nt/tensor';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { needsNativeKernels } from './needs.ts';

type Ops = Backend<tf.Tensor>['ops'];
type Body = (x: tf.Tensor2D, weights: tf.Tensor2D, ops: Ops) => tf.Tensor;

/** Functions of [2, 12] that the stock loops compute, or begin, and what follows them. `weights` is [12, 200]. */
const bodies: Readonly<Record<string, Body>> = {
  unary: (x) => tf.exp(tf.neg(tf.sqrt(tf.abs(x)))),
  binary: (x) => tf.div(tf.sub(x, tf.scalar(0.3)), tf.maximum(x, tf.ones([2, 12]))),
  reductions: (x) => tf.sub(tf.add(tf.mul(x, tf.sum(x, 1, true)), tf.mean(x)), tf.max(x)),
  softmax: (x) => tf.softmax(x),
  products: (x) => tf.matMul(x, tf.reshape(tf.linspace(-1, 1, 60), [12, 5])),
  layout: (x) => tf.reverse(tf.concat([tf.slice(x, [0, 3], [2, 5]), tf.transpose(tf.slice(x, [0, 0], [2, 2]))], 1), 1),
  pieces: (x) => tf.mean(tf.stack(tf.split(x, 3, 1)), 0),
  'one part alone': (x) => tf.add(tf.concat([x], 0), x),
  integers: (x) => tf.argMax(tf.exp(x), 1),
  'scales of windows, then a layer': (x, weights) => {
    const mean = tf.mean(x, 1, true);
    const deviation = tf.sqrt(tf.mean(tf.square(tf.sub(x, mean)), 1, true));
    return tf.add(tf.mul(tf.matMul(tf.div(tf.sub(x, mean), deviation), weights), deviation), mean);
  },
  'a norm on the way': (x, weights, ops) => tf.div(tf.matMul(x, weights), ops.globalNorm([tf.exp(x)])),
  'large, then small again': (x, weights) => tf.mul(tf.sum(tf.matMul(x, weights), 1), tf.sum(x, 1)),
};

const native = [
  ['native', 1, false],
  ['native', 2, true],
] as const;

describe.each([...(needsNativeKernels() ? native : []), ['wasm', 1, true], ['wasm', 2, false]] as const)(
  '%s, %i threads, poisoned: %s',
  (kernels, threads, poisonFreedMemory) => {
    it.each(Object.entries(bodies))('little work is repeated with the same bits: %s', async (_, body) => {
      const backend = await createCpuBackend({ kernels, threads, poisonFreedMemory });
      onTestFinished(() => backend.dispose());
      const { ops } = backend;
      const weights = ops.tensor(Array.from(uniformValues(2400, { seed: 2, counter: 0 })), [12, 200]) as tf.Tensor2D;
      const site = backend.captureSite!();
      const before = tf.memory().numTensors;
      for (let call = 0; call < 9; call++) {
        const values = Float32Array.from(uniformValues(24, { seed: 1, counter: call }), (u) => 4 * u - 1);
        const x = ops.tensor(values, [2, 12]);
        const [y] = site.run({ inputs: [x], key: '' }, ([input]) => [body(input as tf.Tensor2D, weights, ops)]);
        const alone = ops.tidy(() => body(x as tf.Tensor2D, weights, ops));
        expect(y!.shape).toEqual(alone.shape);
        expect(y!.dataSync()).toEqual(alone.dataSync());
        ops.dispose([x, alone]);
      }
      expect(site.report()).toMatchObject({ replays: 5, reason: undefined });
      site.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  },
);

it('data that was quick and is not any more is recorded anew, since other kernels then compute', async () => {
  const backend = await createCpuBackend({ threads: 1 });
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  const site = backend.captureSite!();
  const large = ops.tensor(Array.from(uniformValues(30_000, { seed: 5, counter: 0 })), [10, 3000]);
  for (let call = 0; call < 16; call++) {
    const isQuick = call < 8;
    const x = ops.tidy(() => (isQuick ? ops.tensor(new Float32Array(10).fill(0.1 * call), [10]) : tf.mean(large, 1)));
    const [y] = site.run({ inputs: [x], key: '' }, ([input]) => [tf.sum(tf.exp(input!))]);
    const alone = ops.tidy(() => tf.sum(tf.exp(x)));
    expect(y!.dataSync()).toEqual(alone.dataSync());
    ops.dispose([x, alone]);
  }
  expect(site.report()).toMatchObject({ replays: 8, recordings: 2 });
});

it('weights that only little work reads are not memory of the recording that first needs them', async () => {
  const backend = await createCpuBackend({ threads: 1 });
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  const site = backend.captureSite!();
  // A caller's array, which lies outside of the heap until somebody needs it there.
  const weights = ops.borrow(uniformValues(20, { seed: 5, counter: 0 }), [4, 5]);
  const body = (x: tf.Tensor): tf.Tensor => ops.dense(x, ops.slice(weights, [0, 2], [4, 3]), ops.zeros([3]), 'tanh');
  for (let call = 0; call < 9; call++) {
    const x = ops.randomUniform([600, 4], { seed: 6, counter: call });
    const [y] = site.run({ inputs: [x], key: '' }, ([input]) => [body(input!)]);
    const alone = ops.tidy(() => body(x));
    expect(y!.dataSync()).toEqual(alone.dataSync());
    ops.dispose([x, alone]);
  }
  expect(site.report()).toMatchObject({ replays: 5, reason: undefined });
  ops.dispose(weights);
});
