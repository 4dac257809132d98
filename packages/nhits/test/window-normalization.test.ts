import type { Backend, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNhits, type WindowNormalization, windowNormalizations } from '../src/index.ts';
import { stockCpu } from './stock-cpu.ts';
import { tolerances } from './tolerances.ts';

let stock: Backend<Tensor>;
beforeAll(async () => {
  stock = await stockCpu();
});
afterAll(() => stock.dispose());

const run = { training: false, random: { seed: 1, counter: 0 } };
const kinds = windowNormalizations.filter((kind) => kind !== 'none');
const size = { inputSize: 8, horizon: 4, hiddenSize: 6, historic: 1, future: 2, static: 1 } as const;

function windowOf<T extends Tensor>({ ops }: Backend<T>, transform: (x: number) => number, mask = 1) {
  const wave = (count: number, phase: number): number[] =>
    Array.from({ length: count }, (_, t) => Math.sin(t * 1.7 + phase) * 3 + phase);
  return {
    input: ops.tensor([...wave(8, 0), ...wave(8, 1)].map(transform), [2, 8]),
    inputMask: ops.tensor([...new Array<number>(8).fill(1), ...new Array<number>(8).fill(mask)], [2, 8]),
    historic: ops.tensor(wave(16, 2), [2, 8, 1]),
    future: ops.tensor(wave(48, 3), [2, 12, 2]),
    static: ops.tensor([1, -1], [2, 1]),
  };
}

async function forecastOf(kind: WindowNormalization, transform: (x: number) => number, mask = 1): Promise<number[]> {
  const backend = createReferenceBackend();
  const model = createNhits(backend.ops, { ...size, windowNormalization: kind });
  return Array.from(await model.forward(windowOf(backend, transform, mask), run).data());
}

it.each(kinds)('%s: what is done to the level and width of the input is done to the forecast', async (kind) => {
  const plain = await forecastOf(kind, (x) => x);
  const moved = await forecastOf(kind, (x) => 1000 + 50 * x);
  // Not to the last digit: neuralforecast's 1e-6 is added to scales of any size.
  moved.forEach((value, i) => void expect((value - 1000) / 50).toBeCloseTo(plain[i]!, 4));
  expect(plain).not.toEqual(await forecastOf('none', (x) => x));
});

it.each(kinds)('%s: a window without observed values has a finite forecast', async (kind) => {
  for (const value of await forecastOf(kind, (x) => x, 0)) expect(value).toSatisfy(Number.isFinite);
});

it.each(kinds)('%s: covariates in other units give the same forecast, also on the future part', async (kind) => {
  const backend = createReferenceBackend();
  const { ops } = backend;
  const model = createNhits(ops, { ...size, windowNormalization: kind });
  const window = windowOf(backend, (x) => x);
  const other = (x: (typeof window)['future']) => ops.add(ops.mul(x, ops.tensor([30], [])), ops.tensor([7], []));
  const changed = { ...window, historic: other(window.historic), future: other(window.future) };
  const [a, b] = [model.forward(window, run).values, model.forward(changed, run).values];
  a.forEach((value, i) => void expect(b[i]).toBeCloseTo(value, 4));
});

it.each(kinds)('%s: parts add up to the forecast', async (kind) => {
  const backend = stock;
  const model = createNhits(backend.ops, { ...size, windowNormalization: kind, linearSkip: { trained: true } });
  const window = windowOf(backend, (x) => x);
  const parts = model.decompose(window);
  expect(parts.map(({ stack }) => stack)).toEqual([null, 'skip', 0, 1, 2]);
  const values = await Promise.all(parts.map(({ forecast }) => forecast.data()));
  const sum = Float32Array.from(Array.from(values[0]!));
  for (const part of values.slice(1)) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + part[i]!;
  const forecast = Array.from(await model.forward(window, run).data());
  if (kind === 'invariant') sum.forEach((value, i) => void expect(value).toBeCloseTo(forecast[i]!, 4));
  else expect([...sum]).toEqual(forecast);
  model.dispose();
});

it.each(kinds)('%s: gradients are those of central differences', async (kind) => {
  const options = { inputSize: 6, horizon: 3, hiddenSize: 3, nBlocks: [1], nPoolKernelSize: [2] };
  const gradients = async <T extends Tensor>(backend: Backend<T>, weights = {}) => {
    const { ops } = backend;
    const more = { nFreqDownsample: [1], windowNormalization: kind, activation: 'tanh' } as const;
    const model = createNhits(ops, { ...options, ...more }, { start: weights });
    const input = ops.tensor([1, 4, 2, 7, 3, 5, -2, 0, 1, 1, 3, 2], [2, 6]);
    const inputMask = ops.tensor([1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1], [2, 6]);
    const { grads } = ops.variableGrads(() => {
      const forecast = model.forward({ input, inputMask }, run);
      return ops.sum(ops.mul(forecast, forecast));
    }, [...model.parameters.values()]);
    const named = Object.entries(grads).map(async ([name, g]) => [name, Array.from(await g.data())] as const);
    const result = { weights: await model.saveWeights(), grads: Object.fromEntries(await Promise.all(named)) };
    model.dispose();
    return result;
  };
  const expected = await gradients(createReferenceBackend());
  const actual = await gradients(stock, expected.weights);
  if (kind === 'revin') expect(Math.abs(expected.grads['scaler.revin_bias']![0]!)).toBeGreaterThan(0.1);
  const largest = Math.max(...Object.values(expected.grads).flat().map(Math.abs));
  for (const [name, values] of Object.entries(expected.grads))
    values.forEach((g, i) => {
      expect(Math.abs(actual.grads[name]![i]! - g) / largest, `${name} ${i}`).toBeLessThan(tolerances.float32Gradient);
    });
});
