import { readFileSync } from 'node:fs';
import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, seriesFromArrays } from '@nt/data';
import { createNhits } from '@nt/nhits';
import { type Backend, type NetworkOps, type Tensor, uniformValues } from '@nt/tensor';
import { createMixedReference } from '@nt/trainer/precision';
import { memory } from '@tensorflow/tfjs-core';
import { expect, it, onTestFinished } from 'vitest';
import { NhitsForecaster } from '../src/index.ts';
import { planAndFit } from './fit-quickly.ts';
import { tolerances } from './tolerances.ts';

const long = process.env['NT_LONG'] === '1';
const births = new URL('../../../apps/cli/examples/us-births.csv', import.meta.url);

/** Gradients of a squared error of a small network, by name. */
async function gradients<T extends Tensor>({ ops }: Pick<Backend<T>, 'ops'>): Promise<Record<string, number[]>> {
  const [inputSize, horizon, batch] = [8, 4, 5];
  const model = createNhits<T>(ops as NetworkOps<T>, {
    inputSize,
    horizon,
    hiddenSize: 3,
    nBlocks: [1],
    nPoolKernelSize: [2],
    nFreqDownsample: [2],
  });
  const draw = (columns: number, seed: number): T =>
    ops.tensor(
      Array.from(uniformValues(batch * columns, { seed, counter: 0 }), (u) => 2 * u - 1),
      [batch, columns],
    );
  const [input, target] = [draw(inputSize, 1), draw(horizon, 2)];
  const loss = (): T => {
    const forecast = model.forward({ input }, { training: false, random: { seed: 1, counter: 0 } });
    const off = ops.sub(ops.reshape(forecast, [batch, horizon]), target);
    return ops.sum(ops.mul(off, off));
  };
  const { value, grads } = ops.variableGrads(loss, [...model.parameters.values()]);
  const all: Record<string, number[]> = {};
  for (const [name, gradient] of Object.entries(grads)) all[name] = Array.from(await gradient.data());
  ops.dispose([value, input, target, ...Object.values(grads)]);
  model.dispose();
  return all;
}

const largest = (values: readonly number[]): number => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const apart = (a: Record<string, number[]>, b: Record<string, number[]>): number =>
  Math.max(...Object.keys(b).map((name) => largest(b[name]!.map((x, i) => x - a[name]![i]!)) / largest(b[name]!)));

it('gradients of the CPU engine are those of the reference in mixed-bfloat16, and not those of float32', async () => {
  const reference = createMixedReference('mixed-bfloat16');
  const expected = await gradients(reference);
  const found: Record<string, Record<string, number[]>> = {};
  for (const precision of ['mixed-bfloat16', 'float32'] as const) {
    const backend = await createCpuBackend({ precision });
    found[precision] = await gradients(backend as never);
    await backend.dispose();
  }
  await reference.dispose();
  expect(apart(found['mixed-bfloat16']!, expected)).toBeLessThan(tolerances.bfloat16Gradients);
  expect(apart(found['mixed-bfloat16']!, found['float32']!)).toBeGreaterThan(1e-4);
});

/** Bytes of the engine's heap that the default network's forward pass leaves for the backward pass, and a gradient. */
async function heldByForward(
  precision: 'float32' | 'mixed-bfloat16',
  batch: number,
): Promise<{ bytes: number; gradient: unknown }> {
  const backend = await createCpuBackend({ precision });
  const ops = backend.ops as unknown as NetworkOps<Tensor>;
  const [inputSize, horizon] = [168, 24];
  const model = createNhits(ops, { inputSize, horizon });
  const input = ops.randomUniform([batch, inputSize], { seed: 1, counter: 0 });
  const inUse = (): number => (memory() as unknown as { heapBytesInUse: number }).heapBytesInUse;
  let [bytes, gradient]: [number, unknown] = [0, undefined];
  // Twice: the first time, weights are moved into the heap as well.
  for (let i = 0; i < 2; i++) {
    const before = inUse();
    const { value, grads } = ops.variableGrads(() => {
      const forecast = model.forward({ input }, { training: true, random: { seed: 1, counter: 0 } });
      bytes = inUse() - before;
      return ops.sum(forecast);
    }, [...model.parameters.values()]);
    gradient = await grads['blocks.0.layers.0.weight']!.data();
    ops.dispose([value, ...Object.values(grads)]);
  }
  await backend.dispose();
  return { bytes, gradient };
}

it('what the default network keeps for its gradients takes 40 % fewer bytes', async () => {
  const held = async (batch: number) =>
    [await heldByForward('float32', batch), await heldByForward('mixed-bfloat16', batch)] as const;
  // 9 hidden layers of 512 are 18.9 MB in float32: the three first ones are not computed (decision 24). What no gradient
  // needs (thetas, backcasts, what is left after the last block) is not among the rest.
  const [wide, narrow] = await held(1024);
  expect(narrow.gradient).not.toEqual(wide.gradient);
  expect(wide.bytes).toBeLessThan(23.5e6);
  expect(narrow.bytes / wide.bytes).toBeLessThan(0.6);
  // Layers one by one, of which there would be 12, held 7.34 MB in float32: 0.57 of it is 4.2 MB.
  const [wideOfFew, narrowOfFew] = await held(256);
  expect(wideOfFew.bytes).toBeLessThan(6.5e6);
  expect(narrowOfFew.bytes).toBeLessThan(4.1e6);
});

const series = (): SeriesSet => {
  const rows = readFileSync(births, 'utf8').trim().split('\n').slice(1);
  const values = rows.map((row) => Number(row.split(',')[1]));
  return seriesFromArrays([{ id: 'births', values, start: '1969-01-01' }], { frequency: 'day', target: 'births' });
};

it('US births: as many updates in mixed-bfloat16 end at the loss of float32', {
  timeout: long ? 3_600_000 : 120_000,
}, async () => {
  const lossIn = async (precision: 'float32' | 'mixed-bfloat16'): Promise<number> => {
    const backend = await createCpuBackend({ precision });
    onTestFinished(() => backend.dispose());
    const recipe = new NhitsForecaster(backend as unknown as Backend<Tensor>, {
      horizon: 28,
      inputSize: 112,
      model: { hiddenSize: long ? 512 : 64 },
    });
    let loss = Number.NaN;
    const { forecaster } = await planAndFit(recipe, series(), {
      maxUpdates: long ? 1000 : 200,
      batchSize: 64,
      learningRate: 1e-3,
      patience: 0,
      precision,
      onEvent(event) {
        if (event.type === 'validation-end') loss = Object.values(event.metrics)[0]!;
      },
    });
    forecaster.dispose();
    await backend.dispose();
    return loss;
  };
  const [wide, narrow] = [await lossIn('float32'), await lossIn('mixed-bfloat16')];
  expect(narrow).not.toBe(wide);
  expect(Math.abs(narrow / wide - 1), `float32 ${wide}, mixed-bfloat16 ${narrow}`).toBeLessThan(
    tolerances.bfloat16Loss,
  );
});
