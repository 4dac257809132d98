import { createCpuBackend } from '@nt/backend-cpu';
import { scalerFromJson } from '@nt/data';
import { adam, createOptimizer } from '@nt/optim';
import type { Backend, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLinear, type FittedRidge, type LinearOptions, ridgeNetwork } from '../src/index.ts';
import { batchOf, beginsObserved, fitCase, horizon, ridgeCases, tensorsOf, windowsOf } from './ridge-cases.ts';
import { stockCpu } from './stock-cpu.ts';
import { float32 } from './tolerances.ts';

const run = { training: false, random: { seed: 1, counter: 0 } };
const cpu = (kernels: 'wasm' | 'js') => async () =>
  (await createCpuBackend({ kernels, threads: 1 })) as unknown as Backend<Tensor>;

/** Forecasts of every window by the network of its series, back in the data's unit. */
async function byNetwork<T extends Tensor>(
  backend: Backend<T>,
  fitted: FittedRidge,
  set: (typeof ridgeCases)[number]['set'],
): Promise<Float64Array> {
  const { ops } = backend;
  const scaler = scalerFromJson(fitted.state.scaler);
  const { options } = ridgeNetwork(fitted);
  const batch = batchOf(set, options.inputSize, fitted.state.scaler);
  const out = new Float64Array(batch.size * horizon);
  for (const [series, id] of set.ids.entries()) {
    const { start } = ridgeNetwork(fitted, id);
    const model = createLinear(ops, options, { start });
    const forecast = ops.tidy(() => model.forward(tensorsOf(ops, batch), run));
    const values = Float64Array.from(await forecast.data());
    for (let row = 0; row < batch.size; row++) {
      if (batch.series[row] !== series) continue;
      out.set(scaler.inverse(values.slice(row * horizon, (row + 1) * horizon), id), row * horizon);
    }
    forecast.dispose();
    model.dispose();
  }
  return out;
}

describe.each([
  ['the reference', async () => createReferenceBackend() as unknown as Backend<Tensor>],
  ['stock tfjs', stockCpu],
  ['nt-cpu, WebAssembly', cpu('wasm')],
  ['nt-cpu, JavaScript', cpu('js')],
] as const)('on %s', (_, make) => {
  let backend: Backend<Tensor>;
  beforeAll(async () => {
    backend = await make();
  });
  afterAll(() => backend.dispose());

  it.each(ridgeCases)('$name: the network forecasts what the ridge does', async (one) => {
    const fitted = await fitCase(one);
    const expected = await fitted.forecastWindows(windowsOf(one.set, 1));
    const found = await byNetwork(backend, fitted, one.set);
    expect(found).toHaveLength(expected.length);
    expect(found.length).toBeGreaterThan(500);
    const largest = Math.max(...expected.map(Math.abs));
    const batch = batchOf(one.set, ridgeNetwork(fitted).options.inputSize, null);
    expected.forEach((value, i) => {
      if (!beginsObserved(batch, Math.floor(i / horizon))) return;
      expect(Math.abs(found[i]! - value) / largest, `${i}`).toBeLessThan(float32);
    });
  });
});

const { ops, memory } = createReferenceBackend();
const small: LinearOptions = { inputSize: 4, horizon: 2 };
const forecast = (options: LinearOptions, input: number[], mask?: number[]): number[] => {
  const model = createLinear(ops, options);
  const window = { input: ops.tensor(input, [1, 4]), ...(mask && { inputMask: ops.tensor(mask, [1, 4]) }) };
  const values = Array.from(ops.tidy(() => model.forward(window, run)).values);
  model.dispose();
  return values;
};

it('begins at its centre: the last value, or the mean of a season, for every output', () => {
  expect(forecast(small, [1, 2, 3, 5])).toEqual([5, 5]);
  expect(forecast({ ...small, outputs: 2 }, [1, 2, 3, 5])).toEqual([5, 5, 5, 5]);
  expect(forecast({ ...small, centre: 'season-mean', season: 3 }, [1, 2, 3, 4])).toEqual([3, 3]);
});

it.each([
  [[1, 1, 0, 0], 2],
  [[0, 1, 0, 0], 2],
  [[0, 0, 0, 1], 5],
  [[0, 0, 0, 0], 0],
])('mask %j: what was not observed has the value before it', (mask, last) => {
  expect(forecast(small, [1, 2, Number.NaN, 5], mask)).toEqual([last, last]);
  const mean = { ...small, centre: 'season-mean', season: 4 } as const;
  expect(forecast(mean, [1, 2, Number.NaN, 5], [1, 1, 0, 0])[0]).toBe(1.75);
});

it('goes on training from a ridge, and the error of what it is trained on falls', async () => {
  const one = ridgeCases[0]!;
  const fitted = await fitCase(one);
  const { options, start } = ridgeNetwork(fitted);
  const model = createLinear(ops, options, { start });
  const batch = batchOf(one.set, options.inputSize, fitted.state.scaler);
  const window = tensorsOf(ops, batch);
  const target = ops.tensor(batch.target, [batch.size, horizon, 1]);
  const loss = () => {
    const error = ops.sub(model.forward(window, run), target);
    return ops.sum(ops.mul(error, error));
  };
  const parameters = [...model.parameters.values()];
  const optimizer = createOptimizer({ ops, parameters: model.parameters, transform: adam({ learningRate: 1e-3 }) });
  const seen: number[] = [];
  for (let update = 0; update < 5; update++) {
    const { value, grads } = ops.variableGrads(loss, parameters);
    seen.push(value.values[0]!);
    optimizer.apply(grads);
  }
  expect(seen.at(-1)!).toBeLessThan(seen[0]!);
  const saved = await model.saveWeights();
  expect(Object.keys(saved)).toEqual(Object.keys(start));
  expect(saved['linear.weight']!.data).not.toEqual(start['linear.weight']!.data);
  optimizer.dispose();
  model.dispose();
});

it.each([
  [{ inputSize: 0, horizon: 2 }, /inputSize: expected a whole number of at least 1, got 0/],
  [{ ...small, center: 'last' }, /unknown option 'center'; did you mean 'centre'/],
  [{ ...small, centre: 'mean' }, /centre: expected 'last' or 'season-mean', got "mean"/],
  [{ ...small, centre: 'season-mean' }, /season: expected the time steps of a season/],
  [{ ...small, season: 5 }, /season: expected at most the inputSize, 4, got 5/],
  [{ ...small, covariateLookback: 5 }, /covariateLookback: expected at most the inputSize/],
])('%j is refused', (options, message) => {
  const before = memory().tensors;
  expect(() => createLinear(ops, options as LinearOptions)).toThrow(message);
  expect(memory().tensors).toBe(before);
});

it('asks for a series of the fit', async () => {
  const fitted = await fitCase(ridgeCases[0]!);
  expect(() => ridgeNetwork(fitted, 'z')).toThrow(/series: expected one of the fit \(a, b …\), got 'z'/);
});
