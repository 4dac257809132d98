import type { Backend, Tensor } from '@nt/tensor';
import { profile } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNhits, type NhitsOptions } from '../src/index.ts';
import { stockCpu } from './stock-cpu.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = await stockCpu();
});
afterAll(() => backend.dispose());

const batch = 128;
const size = { inputSize: 24, horizon: 6, hiddenSize: 32, nBlocks: [4, 4, 4], historic: 1, future: 1, static: 1 };

async function update(options: Partial<NhitsOptions>): Promise<{ peak: number; gradients: number[] }> {
  const { ops } = backend;
  const model = createNhits(ops, { ...size, ...options });
  const wave = (...shape: number[]): Tensor => {
    const count = shape.reduce((a, b) => a * b, 1);
    return ops.tensor(
      Array.from({ length: count }, (_, i) => Math.sin(i * 0.37)),
      shape,
    );
  };
  const window = {
    input: wave(batch, 24),
    inputMask: ops.tensor(
      Array.from({ length: batch * 24 }, (_, i) => (i % 7 === 0 ? 0 : 1)),
      [batch, 24],
    ),
    historic: wave(batch, 24, 1),
    future: wave(batch, 30, 1),
    static: wave(batch, 1),
  };
  let gradients: Tensor[] = [];
  const { peakBytes } = await profile(() => {
    const { value, grads } = ops.variableGrads(() => {
      const forecast = model.forward(window, { training: true, random: { seed: 1, counter: 5 } });
      return ops.sum(ops.mul(forecast, forecast));
    }, [...model.parameters.values()]);
    gradients = Object.values(grads);
    return value as never;
  });
  const values = await Promise.all(gradients.map(async (g) => Array.from(await g.data())));
  ops.dispose(gradients);
  model.dispose();
  return { peak: peakBytes, gradients: values.flat() };
}

it.each([
  {},
  { dropoutProbTheta: 0.3 },
  { activation: 'prelu' },
  { windowNormalization: 'revin', linearSkip: { trained: true } },
] satisfies Partial<NhitsOptions>[])('%j: fewer bytes at once, gradients to the last bit', async (options) => {
  const plain = await update(options);
  const checkpointed = await update({ ...options, recompute: true });
  expect(checkpointed.gradients).toEqual(plain.gradients);
  expect(checkpointed.peak).toBeLessThan(0.7 * plain.peak);
});
