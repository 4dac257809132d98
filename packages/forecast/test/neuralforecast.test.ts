import { readdirSync, readFileSync } from 'node:fs';
import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, seriesFromArrays } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headOf } from '../src/heads/heads.ts';
import { type FittedForecaster, fromModelFiles, toModelFiles } from '../src/index.ts';
import { type ModelName, modelFactories } from '../src/models/model-factories.ts';
import { frequencyOf } from '../src/neuralforecast/frequency-of.ts';
import { fromNeuralforecastFiles } from '../src/neuralforecast/index.ts';
import { tolerances } from './tolerances.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ kernels: 'wasm', threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

/** What `generate/neuralforecast.py` wrote beside a folder. */
interface Expected {
  readonly quantiles: number[];
  readonly start: string;
  readonly series: {
    readonly id: string;
    readonly values: number[];
    readonly historic: Record<string, number[]>;
    readonly future: Record<string, number[]>;
    readonly static: Record<string, number>;
    readonly point: number[];
    readonly quantiles: number[][];
  }[];
}

const folder = new URL(
  process.env['NT_GOLDEN'] ? `file://${process.env['NT_GOLDEN']}/` : 'golden/neuralforecast/',
  import.meta.url,
);
const cases = readdirSync(folder).sort();

function readCase(name: string): { files: Record<string, Uint8Array>; expected: Expected; set: SeriesSet } {
  const read = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(`${name}/${file}`, folder)));
  const names = readdirSync(new URL(`${name}/`, folder)).filter((file) => file !== 'expected.json');
  const expected = JSON.parse(new TextDecoder().decode(read('expected.json'))) as Expected;
  const given = <V>(kind: string, values: Record<string, V>) => Object.keys(values).length > 0 && { [kind]: values };
  const set = seriesFromArrays(
    expected.series.map(({ id, values, historic, future, static: fixed }) => ({
      id,
      values,
      start: expected.start,
      ...given('historic', historic),
      ...given('future', future),
      ...given('static', fixed),
    })),
    { frequency: 'hour', target: 'y' },
  );
  return { files: Object.fromEntries(names.map((file) => [file, read(file)])), expected, set };
}

it('there are points, quantiles, distributions', () => {
  expect(cases.length).toBeGreaterThan(5);
  expect(cases.filter((name) => name.startsWith('nbeats'))).toHaveLength(3);
});

describe.each(cases)('%s', (name) => {
  const { files, expected, set } = readCase(name);

  it('predicts what neuralforecast does, and the same from our files', async () => {
    const forecaster = await fromNeuralforecastFiles(backend, files);
    const { quantiles } = expected;
    const { series } = await forecaster.predict(set, quantiles.length > 0 ? { quantiles } : {});
    const near = (found: Float64Array, wanted: number[], what: string): void => {
      expect(found).toHaveLength(wanted.length);
      const largest = Math.max(1, ...wanted.map(Math.abs));
      wanted.forEach((value, t) => {
        expect(Math.abs(found[t]! - value) / largest, `${what} ${t}: ${found[t]}, ${value}`).toBeLessThan(
          tolerances.neuralforecast,
        );
      });
    };
    expect(series.map(({ id }) => id)).toEqual(expected.series.map(({ id }) => id));
    series.forEach((one, s) => {
      near(one.values, expected.series[s]!.point, `${one.id} point`);
      one.quantiles.forEach((values, q) => void near(values, expected.series[s]!.quantiles[q]!, `${one.id} q${q}`));
    });
    const again = await fromModelFiles(backend, await toModelFiles(forecaster));
    expect((await again.predict(set)).series.map(({ values }) => values)).toEqual(
      (await forecaster.predict(set)).series.map(({ values }) => values),
    );
    expect((again as FittedForecaster).describe()).toEqual(forecaster.describe());
    forecaster.dispose();
    again.dispose();
  });
});

it.each(['normal', 'student', 'counts', 'nbeats_student'])(
  '%s: a recipe with this loss and scaling trains this very network',
  async (name) => {
    const forecaster = await fromNeuralforecastFiles(backend, readCase(name).files);
    const { forecaster: config, loss, modelType } = forecaster.state;
    const { scaleDecouple, ...ours } = config.model;
    const told = modelFactories[modelType as ModelName].forDistribution!(ours, headOf(loss).distribution!);
    expect(told['scaleDecouple']).toBe(scaleDecouple);
    expect(told['scaleDecouple']).toBe(loss.name);
    forecaster.dispose();
  },
);

const changed = (name: string, change: Record<string, unknown>): Record<string, Uint8Array> => {
  const { files } = readCase(name);
  const document = JSON.parse(new TextDecoder().decode(files['configuration.json']));
  const configuration = { ...document.configuration, ...change };
  return {
    ...files,
    'configuration.json': new TextEncoder().encode(JSON.stringify({ ...document, configuration })),
  };
};

it.each([
  [{ local_scaler_type: 'boxcox' }, /local_scaler_type 'boxcox' has no counterpart here; expected none, standard/],
  [{ local_static_scaler_type: 'standard' }, /local_static_scaler_type 'standard' has no counterpart/],
  [{ freq: null }, /the folder has no frequency; say which it is with the option frequency/],
  [{ freq: 'WOM-2FRI' }, /the frequency 'WOM-2FRI', which has no counterpart/],
])('%j is refused by name', async (change, message) => {
  await expect(fromNeuralforecastFiles(backend, changed('point', change))).rejects.toThrow(message);
});

it('takes a frequency that the folder does not say, and no unknown option', async () => {
  const files = changed('point', { freq: null });
  const forecaster = await fromNeuralforecastFiles(backend, files, { frequency: 'hour' });
  expect(forecaster.state.data.frequency).toEqual({ unit: 'hour', count: 1 });
  forecaster.dispose();
  await expect(fromNeuralforecastFiles(backend, files, { freq: 'hour' } as object)).rejects.toThrow(/'freq'/);
});

it.each([
  ['h', 'hour', 1],
  ['15min', 'minute', 15],
  ['D', 'day', 1],
  ['B', 'business-day', 1],
  ['W-SUN', 'week', 1],
  ['MS', 'month', 1],
  ['ME', 'month', 1],
  ['QS-OCT', 'quarter', 1],
  ['QE', 'quarter', 1],
  ['YE-DEC', 'year', 1],
  ['ms', 'millisecond', 1],
  [1, 'row', 1],
] as const)("pandas' %s is %s", (word, unit, count) => {
  expect(frequencyOf(word)).toEqual({ unit, count });
});
