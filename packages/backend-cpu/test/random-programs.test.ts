import { tfjsOps } from '@nt/tensor/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadable, useEngine } from './engines.ts';

const { mlp } = tfjsOps();
/** Two layers with the same weights. */
const layers = (w: tf.Tensor2D): tf.Tensor =>
  mlp(w, [
    { w, b: tf.sum(w, 0), activation: 'tanh' },
    { w, b: tf.sum(w, 1), activation: 'sigmoid' },
  ]);

type Step = (a: tf.Tensor2D, b: tf.Tensor2D) => tf.Tensor;

/** Operations from two square matrices to one, with values that stay of order 1. */
const steps: readonly Step[] = [
  (a, b) => tf.tanh(tf.matMul(a, b)),
  (a, b) => tf.tanh(tf.matMul(a, b, true, false)),
  (a, b) => tf.tanh(tf.matMul(a, b, false, true)),
  (a, b) => tf.sub(a, tf.mul(b, 0.5)),
  (a, b) => tf.maximum(a, tf.sigmoid(b)),
  (a, b) => tf.where(tf.greater(a, b), b, a),
  (a, b) => tf.transpose(tf.add(a, tf.mean(b, 0, true))),
  (a, b) => tf.softmax(tf.sub(a, tf.max(b, 1, true))),
  (a) => tf.concat([tf.slice(a, [1, 0]), tf.slice(a, [0, 0], [1, -1])], 0),
  (a, b) => tf.gather(a, tf.argMax(b, 1)),
  (a) => tf.reverse(a, 1),
  (a, b) =>
    tf.slice(
      tf.pad(tf.mul(a, b), [
        [1, 1],
        [2, 0],
      ]),
      [0, 1],
      a.shape,
    ),
  (a, b) => tf.unstack(tf.stack([a, b], 1), 1)[1]!,
  (a) => tf.abs(tf.clipByValue(a, -0.75, 0.8)),
  (a, b) => tf.mul(layers(a), b),
  (a, b) => tf.tanh(tf.add(tf.grad((x) => layers(x as tf.Tensor2D))(a), b)),
];

/** Runs a chain of operations that hold on to some results and free others, as programs do. */
function runProgram(size: number, choices: readonly number[]): tf.Tensor2D {
  return tf.tidy(() => {
    const start = Float32Array.from({ length: size * size }, (_, i) => Math.sin(i * 1.7 + size));
    const alive: tf.Tensor2D[] = [tf.tensor2d(start, [size, size])];
    for (const choice of choices) {
      const step = steps[choice % steps.length]!;
      const pick = (n: number): tf.Tensor2D => alive[Math.floor(choice / n) % alive.length]!;
      const next = tf.tidy(() => step(pick(16), pick(64)) as tf.Tensor2D);
      if (alive.length > 3) alive.splice(choice % 3, 1)[0]!.dispose();
      alive.push(next);
    }
    return alive.at(-1)!;
  });
}

it('random programs leave nothing behind and give the same bits on one thread and on three', {
  timeout: 7_200_000,
}, async () => {
  const results = new Map<string, number[]>();
  const seconds = process.env['NT_LONG'] === '1' ? 1800 : 2;
  for (const threads of [1, 3]) {
    await useEngine({ threads, kernels: loadable[0]!, poisonFreedMemory: true });
    // Rules are compiled when they are first used on large tensors, and their code stays.
    runProgram(130, [...steps.keys()]).dispose();
    const heap = (): number => (tf.memory() as unknown as { heapBytesInUse: number }).heapBytesInUse;
    const [tensors, bytes, until] = [tf.memory().numTensors, heap(), performance.now() + seconds * 1000];
    const programs = fc.record({
      size: fc.constantFrom(2, 7, 33, 130),
      choices: fc.array(fc.nat(4095), { maxLength: 30 }),
    });
    const stream = fc.sample(programs, { seed: 42, numRuns: seconds * 200 });
    for (const { size, choices } of stream) {
      if (performance.now() > until) break;
      const out = runProgram(size, choices);
      const values = Array.from(out.dataSync());
      out.dispose();
      expect(values.every(Number.isFinite), `size ${size}, choices ${choices}`).toBe(true);
      const key = `${size}: ${choices}`;
      const summary = [values.length, values[0]!, values.reduce((a, b) => a + b, 0)];
      if (results.has(key)) expect(summary, key).toEqual(results.get(key));
      else results.set(key, summary);
    }
    expect({ tensors: tf.memory().numTensors, bytes: heap() }).toEqual({ tensors, bytes });
  }
});
