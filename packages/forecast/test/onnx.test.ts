import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCpuBackend } from '@nt/backend-cpu';
import { type Batch, batches, splitByTime, type Windows, windows } from '@nt/data';
import { fitRidge } from '@nt/linear';
import { needsOnnxruntime, runOnnx } from '@nt/onnx-tests';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ensemble,
  type FittedForecaster,
  Forecaster,
  fromModelFiles,
  modelFactories,
  naive,
  ridgePredictor,
  toModelFiles,
} from '../src/index.ts';
import { fromNeuralforecastFiles } from '../src/neuralforecast/index.ts';
import { exportOnnx } from '../src/onnx/index.ts';
import { withCalendar } from '../src/predict/with-calendar.ts';
import { residualNhits } from '../src/recipe/residual-nhits.ts';
import { seasonalSeries } from './made-walks.ts';
import { type OnnxCase, onnxCases } from './onnx-cases.ts';
import { quickBlend } from './quick-blend.ts';
import { tolerances } from './tolerances.ts';

interface Result {
  readonly forecast: number[];
  readonly others: { readonly quantiles?: number[] };
  readonly inputs: string[];
  readonly metadata: Record<string, string>;
}

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ kernels: 'wasm', threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

async function fitCase({ network = 'nhits', options, set, loss = 'mae' }: OnnxCase): Promise<FittedForecaster> {
  const factory = network === 'residual' ? residualNhits() : modelFactories[network];
  const recipe = new Forecaster(factory, backend, options);
  const plan = recipe.plan(set, { maxUpdates: 3, batchSize: 16, learningRate: 0.01, loss });
  return (await recipe.fit(plan)).forecaster;
}

/** The newest windows of every series, or of one. */
function windowsOf({ set, options }: OnnxCase, inputSize: number, only: number | null): Windows {
  const ends = Float64Array.from(set.lengths);
  const starts = ends.map((end, series) => (only === null || only === series ? end - 12 : end));
  const { horizon } = options;
  return windows(withCalendar(set, { ...options, calendar: options.calendar ?? [] } as never, 0), {
    inputSize,
    horizon,
    ranges: { starts, ends },
  });
}

/** Raw values by the names of the file's inputs, as [shape, values]. */
function inputsOf(batch: Batch, inputSize: number, horizon: number, names: readonly string[]) {
  const { size, input, inputMask, historic, future, static: fixed, series } = batch;
  const columns = (values: Float32Array, ...steps: number[]): [number[], number[]] => {
    const known = steps.reduce((a, b) => a * b, size);
    return [[size, ...steps, values.length / known], Array.from(values)];
  };
  const all = {
    input: columns(input),
    inputMask: columns(inputMask),
    ...(historic && { historic: columns(historic, inputSize) }),
    ...(future && { future: columns(future, inputSize + horizon) }),
    ...(fixed && { static: columns(fixed) }),
    series: [[size], Array.from(series)],
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

const onlys = [null, 0] as const;
const nameOf = (one: OnnxCase, only: number | null): string => `${one.name}, ${only === null ? 'all' : 'the first'}`;

describe.skipIf(!needsOnnxruntime('forecast'))('onnxruntime', () => {
  let results: Record<string, Result>;
  const expected = new Map<string, { readonly point: Float64Array; readonly quantiles: readonly Float64Array[] }>();

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'forecast-onnx-'));
    for (const one of onnxCases) {
      const forecaster = await fitCase(one);
      const { inputSize, horizon } = forecaster.state.forecaster;
      const { quantiles } = forecaster;
      for (const only of onlys) {
        const view = windowsOf(one, inputSize, only);
        const [batch] = [...batches(view, { batchSize: 1000 })];
        const mask = batch!.inputMask.includes(0);
        const series = only === null ? undefined : one.set.ids[only];
        const hasNumbers =
          only === null && one.set.ids.length > 1 && forecaster.state.forecaster.scalerScope === 'series';
        const names = ['input', 'historic', 'future', 'static', mask && 'inputMask', hasNumbers && 'series'];
        const inputs = inputsOf(batch!, inputSize, horizon, names as string[]);
        writeFileSync(join(folder, `${nameOf(one, only)}.onnx`), await exportOnnx(forecaster, { series, mask }));
        writeFileSync(join(folder, `${nameOf(one, only)}.json`), JSON.stringify(inputs));
        const asked = quantiles === 'any' ? [] : quantiles;
        const raw = windowsOf({ ...one, options: { ...one.options, calendar: [] } }, inputSize, only);
        expected.set(nameOf(one, only), await forecaster.predictWindows(raw, asked));
      }
      forecaster.dispose();
    }
    results = runOnnx<Result>(folder);
  }, 120_000);

  it.each(onnxCases.flatMap((one) => onlys.map((only) => nameOf(one, only))))('%s: forecasts as the model', (name) => {
    const { forecast, others } = results[name]!;
    const { point, quantiles } = expected.get(name)!;
    const near = (found: readonly number[], wanted: ArrayLike<number>): void => {
      expect(found).toHaveLength(wanted.length);
      const largest = Math.max(...Array.from(wanted, Math.abs));
      found.forEach((value, i) => {
        expect(Math.abs(value - wanted[i]!) / largest, `${i}: ${value}, ${wanted[i]}`).toBeLessThan(tolerances.onnx);
      });
    };
    near(forecast, point);
    const side = Array.from(point, (_, row) => quantiles.map((column) => column[row]!)).flat();
    expect(others.quantiles !== undefined).toBe(quantiles.length > 0);
    if (others.quantiles) near(others.quantiles, side);
  });

  it('says what its inputs are', () => {
    const { inputs, metadata } = results['covariates, all']!;
    expect(inputs).toEqual(['input', 'historic', 'future', 'static', 'series']);
    expect(JSON.parse(metadata['series']!)).toEqual(['a', 'b', 'c']);
    const { historic, future, static: fixed } = JSON.parse(metadata['covariates']!);
    expect([historic, fixed, future[0]]).toEqual([['x'], ['s'], 'f']);
    expect(future).toHaveLength(3);
    expect(results['one scale for all, all']!.inputs).toEqual(['input']);
    expect(JSON.parse(results['quantiles, allow, all']!.metadata['quantiles']!)).toEqual([0.1, 0.3, 0.5, 0.9]);
  });
});

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

it('a ridge is a file, what is made of others and rules are not', async () => {
  const { set } = onnxCases[0]!;
  const split = splitByTime(set, { validation: 0.1, test: 0.1 });
  const ridge = ridgePredictor(await fitRidge(set, split, { horizon: 4, lookbacks: [24], matrices: 'shared' }));
  expect(text(await exportOnnx(ridge, { series: 'a' }))).toMatch(/forecast/);
  await expect(exportOnnx(ridge, { scaling: 'none' })).rejects.toThrow(/scaling: .*whose file holds its scales/);
  await expect(exportOnnx(ensemble([ridge, naive(4)]))).rejects.toMatchObject({
    code: 'forecast/cannot-export',
    message: expect.stringMatching(/made of others \(ensemble\); export its members: 0 ridge, 1 naive/),
  });
  await expect(exportOnnx(naive(4))).rejects.toThrow(/naive is no network \(baseline\)/);
});

it('every member of a blend but its rules is a file, also of one that was saved', async () => {
  const { set } = onnxCases[0]!;
  const { predictor } = await quickBlend(backend, seasonalSeries(2, 200));
  const members = predictor.members.filter(({ predictor: one }) => one.saving?.kind !== 'baseline');
  expect(members.map(({ name }) => name)).toContain('nhits 14 + ridge 14');
  for (const { predictor: one } of members) expect((await exportOnnx(one)).length).toBeGreaterThan(1000);
  predictor.dispose();
  const recipe = new Forecaster(
    residualNhits(),
    backend,
    onnxCases.find(({ name }) => name === 'of a blend, alone')!.options,
  );
  const { forecaster } = await recipe.fit(recipe.plan(set, { maxUpdates: 1 }));
  const saved = await fromModelFiles(backend, await toModelFiles(forecaster));
  expect(await exportOnnx(saved)).toEqual(await exportOnnx(forecaster));
  for (const one of [forecaster, saved]) one.dispose();
});

it('options are checked, and scales that no file can hold are refused', async () => {
  const forecaster = await fitCase(onnxCases[0]!);
  await expect(exportOnnx(forecaster, { serie: 'a' } as object)).rejects.toThrow(/'serie'; did you mean 'series'/);
  await expect(exportOnnx(forecaster, { series: 'z' })).rejects.toThrow(/one that was trained on: a, b, c/);
  await expect(exportOnnx(forecaster, { mask: 1 } as object)).rejects.toThrow(/mask: expected true or false/);
  await expect(exportOnnx(forecaster, { scaling: 'raw' } as object)).rejects.toThrow(
    /scaling: expected 'data' or 'none'/,
  );
  const boxCox = await fitCase({ ...onnxCases[0]!, options: { ...onnxCases[0]!.options, scaler: 'boxcox' } });
  await expect(exportOnnx(boxCox)).rejects.toThrow(/'boxcox' has no operations; .*scaling: 'none'/);
  expect((await exportOnnx(boxCox, { scaling: 'none' })).length).toBeGreaterThan(1000);
});

it('a model of neuralforecast is a file where the folder scales no series', async () => {
  const read = (name: string, file: string): Uint8Array =>
    new Uint8Array(readFileSync(new URL(`golden/neuralforecast/${name}/${file}`, import.meta.url)));
  const load = (name: string) =>
    fromNeuralforecastFiles(
      backend,
      Object.fromEntries(['configuration.json', 'NHITS_0.safetensors'].map((file) => [file, read(name, file)])),
    );
  expect(text(await exportOnnx(await load('covariates')))).not.toMatch(/constant_\d+series/);
  await expect(exportOnnx(await load('local'))).rejects.toThrow(/scaled by the rows that it is forecast from/);
});
