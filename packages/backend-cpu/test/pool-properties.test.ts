import { createCpuBackend } from '@nt/backend-cpu';
import { type NetworkOps, type Tensor, uniformValues } from '@nt/tensor';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { size } from './double-loops.ts';
import { loadable } from './engines.ts';

const numRuns = process.env['NT_LONG'] === '1' ? 5000 : 40;

interface PoolSizes {
  readonly time: number;
  readonly channels: number;
  readonly kernelSize: number;
}

/** Maxima of windows, and where their weights go: to the first NaN, else to the first of the largest. */
function maximaInLoops(
  values: Float32Array,
  weights: Float32Array,
  { time, channels, kernelSize }: PoolSizes,
): [Float32Array, Float32Array] {
  const [maxima, slopes] = [new Float32Array(weights.length), new Float32Array(values.length)];
  const windows = Math.ceil(time / kernelSize);
  for (let to = 0; to < weights.length; to++) {
    const channel = to % channels;
    const window = Math.floor(to / channels) % windows;
    const row = Math.floor(to / channels / windows);
    const steps = Array.from({ length: Math.min(kernelSize, time - window * kernelSize) }, (_, i) => i);
    const inside = steps.map((i) => (row * time + window * kernelSize + i) * channels + channel);
    const best =
      inside.find((at) => Number.isNaN(values[at]!)) ??
      inside.reduce((largest, at) => (values[at]! > values[largest]! ? at : largest));
    maxima[to] = values[best]!;
    slopes[best] = weights[to]!;
  }
  return [maxima, slopes];
}

const shapes = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 150 }), fc.constantFrom(1, 1, 3));

it.each(loadable)('1-D maxima and their gradients agree with plain loops, with ties and NaN: %s', async (kernels) => {
  const threads = kernels === 'js' ? 1 : 2;
  const backend = await createCpuBackend({ kernels, threads, poisonFreedMemory: true });
  onTestFinished(() => backend.dispose());
  const ops = backend.ops as unknown as NetworkOps<Tensor>;
  const check = (shape: [number, number, number], kernelSize: number, seed: number): void => {
    const [batch, time, channels] = shape;
    // Few different values, so that windows have ties; every seventh is NaN.
    const values = uniformValues(size(shape), { seed, counter: 0 }).map((x, i) =>
      i % 7 === 3 ? Number.NaN : Math.round(x * 4),
    );
    const pooled = [batch, Math.ceil(time / kernelSize), channels];
    const weights = uniformValues(size(pooled), { seed, counter: 1 });
    tf.tidy(() => {
      const x = ops.variable(ops.tensor(values, shape), { name: 'pooled' });
      const w = ops.tensor(weights, pooled);
      const { grads } = ops.variableGrads(() => ops.sum(ops.mul(ops.maxPool1d(x, { kernelSize }), w)), [x]);
      const received = [ops.maxPool1d(x, { kernelSize }), grads['pooled']!].map((t) => (t as tf.Tensor).dataSync());
      x.dispose();
      expect(received).toEqual(maximaInLoops(values, weights, { time, channels, kernelSize }));
    });
  };
  fc.assert(fc.property(shapes, fc.constantFrom(2, 2, 3, 7), fc.nat(1e6), check), { numRuns });
});
