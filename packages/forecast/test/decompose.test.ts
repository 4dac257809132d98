import { createCpuBackend } from '@nt/backend-cpu';
import { type Scaler, seriesFromArrays, windows } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headOf } from '../src/heads/heads.ts';
import { type FittedForecaster, Forecaster, type ModelName, modelFactories, type PlanOptions } from '../src/index.ts';
import type { Network } from '../src/predict/network.ts';
import { networkParts } from '../src/predict/network-parts.ts';
import { quick } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';
import { tolerances } from './tolerances.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ kernels: 'wasm', threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

const size = { horizon: 7, inputSize: 21 };

async function fitted(
  name: ModelName,
  model: object = { hiddenSize: 8 },
  loss: PlanOptions['loss'] = 'mae',
  more: object = {},
  set = madeSeries(),
): Promise<FittedForecaster> {
  const recipe = new Forecaster(modelFactories[name], backend, { ...size, model: model as never, ...more });
  return (await recipe.fit(recipe.plan(set, { ...quick, maxEpochs: 2, loss }))).forecaster;
}

/** Distance of the sums of parts from the forecasts, relative to the largest forecast of a series. */
async function distance(forecaster: FittedForecaster, set = madeSeries()): Promise<number> {
  const [parts, { series }] = [await forecaster.decompose(set), await forecaster.predict(set)];
  expect(parts!.map(({ id }) => id)).toEqual(series.map(({ id }) => id));
  return Math.max(
    ...series.flatMap(({ values }, s) => {
      const largest = Math.max(...values.map(Math.abs));
      const sums = values.map((_, t) => parts![s]!.parts.reduce((sum, part) => sum + part.values[t]!, 0));
      return [...values].map((value, t) => Math.abs(sums[t]! - value) / largest);
    }),
  );
}

describe('the parts of a forecast are its sum', () => {
  it.each<[ModelName, object, PlanOptions['loss'], object]>([
    ['nhits', { hiddenSize: 8 }, 'mae', {}],
    ['nhits', { hiddenSize: 8, linearSkip: { trained: true } }, 'mae', {}],
    ['nhits', { hiddenSize: 8, windowNormalization: 'standard' }, 'mae', {}],
    ['nhits', { hiddenSize: 8, windowNormalization: 'invariant' }, 'mae', {}],
    ['nhits', { hiddenSize: 8 }, { name: 'quantile', quantiles: [0.1, 0.5, 0.9] }, {}],
    ['nhits', { hiddenSize: 8 }, 'normal', {}],
    ['nhits', { hiddenSize: 8 }, 'studentT', {}],
    ['nhits', { hiddenSize: 8, windowNormalization: 'standard' }, 'normal', {}],
    ['nhits', { hiddenSize: 8 }, 'mae', { scaler: 'log' }],
    ['nhits', { hiddenSize: 8 }, 'mae', { calendar: ['dayOfWeek'], scalerScope: 'global' }],
    ['nbeats', { hiddenSize: 8 }, 'mae', {}],
    ['nbeats', { hiddenSize: 8 }, { name: 'quantile', quantiles: [0.1, 0.5, 0.9] }, {}],
  ])('%s %j, %j, %j', async (name, model, loss, more) => {
    const forecaster = await fitted(name, model, loss, more);
    expect(await distance(forecaster)).toBeLessThan(tolerances.otherKernels);
    forecaster.dispose();
  });
});

it('parts are named: the level is the last value, blocks of a stack are one part', async () => {
  const set = madeSeries();
  const nhits = await fitted('nhits', { hiddenSize: 8, nBlocks: [1, 2, 1], linearSkip: { trained: true } });
  const [first] = (await nhits.decompose(set))!;
  expect(first!.parts.map(({ name }) => name)).toEqual(['level', 'linear skip', 'stack 1', 'stack 2', 'stack 3']);
  for (const value of first!.parts[0]!.values) expect(value).toBeCloseTo(set.values[159]!, 4);
  const nbeats = await fitted('nbeats');
  const names = (await nbeats.decompose(set))![0]!.parts.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['level', expect.stringContaining('(trend)')]));
  nhits.dispose();
  nbeats.dispose();
});

it('a network that has no parts says so, a constant series is its level, one without values is left out', async () => {
  const linear = await fitted('linear', {});
  expect(await linear.decompose(madeSeries())).toBeNull();
  linear.dispose();
  const values = Array.from({ length: 120 }, (_, t) => 10 + Math.sin(t));
  const constant = { id: 'still', values: values.map(() => 4), start: '2024-01-01' };
  const gone = { id: 'gone', values: values.map((value, t) => (t > 60 ? Number.NaN : value)), start: '2024-01-01' };
  const set = seriesFromArrays([{ id: 'moving', values, start: '2024-01-01' }, constant, gone], {
    frequency: 'day',
    missing: 'mask',
  });
  const forecaster = await fitted('nhits', { hiddenSize: 8 }, 'mae', {}, set);
  const parts = (await forecaster.decompose(set))!;
  expect(parts.map(({ id }) => id)).toEqual(['moving', 'still']);
  expect(parts[1]!.parts.map(({ values: own }) => [...own])).toEqual([
    new Array(7).fill(4),
    ...new Array(3).fill(new Array(7).fill(0)),
  ]);
  forecaster.dispose();
});

it('leaves no tensor behind', async () => {
  const forecaster = await fitted('nhits');
  await forecaster.decompose(madeSeries());
  const { tensors } = backend.memory();
  await forecaster.decompose(madeSeries());
  expect(backend.memory().tensors).toBe(tensors);
  forecaster.dispose();
});

it('nor where an output cannot be read', async () => {
  const lost = (): Tensor => {
    const forecast = backend.ops.tensor([1, 2, 3], [1, 3, 1]);
    return Object.assign(forecast, { data: () => Promise.reject(new Error('device lost')) });
  };
  const decompose = () => [null, 0, 1].map((stack) => ({ stack, forecast: lost() }));
  const counts = { historic: 0, future: 0, static: 0 };
  const network = {
    backend,
    model: { decompose },
    head: headOf({ name: 'mae' }),
    counts,
  } as unknown as Network<Tensor>;
  const asked = windows(madeSeries(), { inputSize: 7, horizon: 3, last: 1 });
  const { tensors } = backend.memory();
  await expect(networkParts(network, {} as Scaler, asked)).rejects.toThrow('device lost');
  expect(backend.memory().tensors).toBe(tensors);
});
