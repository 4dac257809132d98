import { createCpuBackend } from '@nt/backend-cpu';
import { seriesValues, splitByTime, timeAt } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ForecastError, fromModelFiles, NhitsForecaster, toModelFiles } from '../src/index.ts';
import { type FitQuickly, fitQuickly, options, quick, weightsOf } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

const day = 86_400_000;

let backend: Backend<Tensor>;
let fitted: FitQuickly;
beforeAll(async () => {
  backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
  fitted = fitQuickly(backend);
});
afterAll(() => backend.dispose());

describe('a forecaster', () => {
  it('learns: it beats both naive forecasts on series with a pattern and a trend', async () => {
    const forecaster = await fitted({ maxEpochs: 40, learningRate: 1e-2 });
    const { rows } = await forecaster.evaluate(madeSeries());
    expect(rows.map((row) => row.method)).toEqual(['nhits', 'naive', 'seasonal naive']);
    expect(rows[0]!.mae).toBeLessThan(0.9 * Math.min(rows[1]!.mae, rows[2]!.mae));
    forecaster.dispose();
  });

  it('forecasts the time steps after the end of each series, in its unit', async () => {
    const forecaster = await fitted();
    const set = madeSeries();
    const { series } = await forecaster.predict(set);
    expect(series.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(series[0]!.times[0]).toBe(timeAt(set, 0, set.lengths[0]! - 1) + day);
    expect(series[0]!.times).toHaveLength(7);
    const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
    expect(mean(series[1]!.values) / mean(series[0]!.values)).toBeGreaterThan(25);
    forecaster.dispose();
  });

  it('is evaluated only on time steps that training and validation have not seen', async () => {
    const forecaster = await fitted();
    const set = madeSeries();
    const split = splitByTime(set, { validation: 0.15, test: 0.2 });
    const evaluation = await forecaster.evaluate(set);
    expect(evaluation.from).toBe(timeAt(set, 0, split.test.starts[0]!));
    const tested = split.test.ends[0]! - split.test.starts[0]!;
    expect(evaluation.windows).toBe(2 * (tested - 7 + 1));
    forecaster.dispose();
  });

  it('scales by the training part only: other values later change no weight', async () => {
    const set = madeSeries();
    const split = splitByTime(set, { validation: 0, test: 0.3 });
    const changed = madeSeries();
    for (let series = 0; series < 2; series++) {
      const values = seriesValues(changed, series);
      for (let t = split.test.starts[series]!; t < values.length; t++) values[t] = 1e6;
    }
    const train = async (data: ReturnType<typeof madeSeries>): Promise<string> => {
      const forecaster = new NhitsForecaster(backend, options);
      await forecaster.fit(data, { ...quick, validation: 0, test: 0.3 });
      const weights = await weightsOf(forecaster);
      forecaster.dispose();
      return weights;
    };
    expect(await train(changed)).toBe(await train(set));
  });

  it('gives the same bits for the same seed, others for another', async () => {
    const [first, second, other] = [await fitted(), await fitted(), await fitted({}, { seed: 2 })];
    expect(await weightsOf(second)).toBe(await weightsOf(first));
    expect(await weightsOf(other)).not.toBe(await weightsOf(first));
    for (const each of [first, second, other]) each.dispose();
  });

  it('resumes to the bits of the uninterrupted run', async () => {
    const whole = await fitted();
    const checkpoints = memoryStorage();
    const stop = new AbortController();
    const cut = new NhitsForecaster(backend, options);
    const onEvent = (event: { type: string; update?: number }): void => {
      if (event.type === 'update-end' && event.update === 7) stop.abort();
    };
    const aborted = await cut.fit(madeSeries(), { ...quick, checkpoints, signal: stop.signal, onEvent });
    expect(aborted.reason).toBe('aborted');
    cut.dispose();
    const resumed = await fitted({ checkpoints, resume: true });
    expect(await weightsOf(resumed)).toBe(await weightsOf(whole));
    resumed.dispose();
    whole.dispose();
  });

  it('refuses to resume with other data', async () => {
    const checkpoints = memoryStorage();
    (await fitted({ checkpoints, maxEpochs: 1 })).dispose();
    const forecaster = new NhitsForecaster(backend, options);
    const other = madeSeries(170);
    await expect(forecaster.fit(other, { ...quick, maxEpochs: 1, checkpoints, resume: true })).rejects.toThrow(/data/);
  });

  it('comes back from its files with the same forecasts', async () => {
    const forecaster = await fitted();
    const set = madeSeries();
    const copy = fromModelFiles(backend, await toModelFiles(forecaster));
    expect(await copy.predict(set)).toEqual(await forecaster.predict(set));
    expect(copy.state).toEqual(JSON.parse(JSON.stringify(forecaster.state)));
    copy.dispose();
    forecaster.dispose();
  });

  it('leaks nothing', async () => {
    const before = backend.memory().tensors;
    const forecaster = await fitted({ maxEpochs: 2 });
    await forecaster.evaluate(madeSeries());
    await forecaster.predict(madeSeries());
    forecaster.dispose();
    expect(backend.memory().tensors).toBe(before);
  });
});

describe('mistakes', () => {
  it.each([
    [{ horizon: 0 }, 'forecast/option', /horizon: expected an integer >= 1, got 0/],
    [{ horizon: 7, inputsize: 3 }, 'forecast/unknown-option', /'inputsize'; did you mean 'inputSize'/],
  ])('%j is refused when the forecaster is made', (wrong, code, message) => {
    const make = (): unknown => new NhitsForecaster(backend, wrong as never);
    expect(make).toThrow(message);
    expect(codeOf(make)).toBe(code);
  });

  it.each([
    [{ optimiser: 'adam' }, /'optimiser'; did you mean 'optimizer'/],
    [{ batchSize: 1.5 }, /batchSize: expected an integer >= 1, got 1.5/],
    [{ learningRate: Number.NaN }, /learningRate: expected a number >= 0, got NaN/],
  ])('fit refuses %j', async (wrong, message) => {
    await expect(new NhitsForecaster(backend, options).fit(madeSeries(), wrong as never)).rejects.toThrow(message);
  });

  it('a forecaster without model says so', async () => {
    await expect(new NhitsForecaster(backend, options).predict(madeSeries())).rejects.toThrow(
      /no model yet. Call fit\(\) first/,
    );
  });

  it('fitting twice is refused', async () => {
    const forecaster = await fitted({ maxEpochs: 1 });
    await expect(forecaster.fit(madeSeries())).rejects.toThrow(/is fitted/);
    forecaster.dispose();
  });

  it.each([{ validation: 0.01 }, { test: 0.02 }])('a part too short for a window is refused: %j', async (parts) => {
    const forecaster = new NhitsForecaster(backend, options);
    await expect(forecaster.fit(madeSeries(), { ...quick, ...parts })).rejects.toThrow(/a window needs 7/);
  });

  it('evaluating with nothing kept back says how to keep some back', async () => {
    const forecaster = await fitted({ maxEpochs: 1, test: 0 });
    await expect(forecaster.evaluate(madeSeries())).rejects.toThrow(/test: 0\.2/);
    forecaster.dispose();
  });

  it('series that are too short for one window are refused', async () => {
    await expect(new NhitsForecaster(backend, { horizon: 100, inputSize: 300 }).fit(madeSeries())).rejects.toThrow(
      /300|400/,
    );
  });

  it.each([
    ['model.json', 'no json', /model\.json: expected JSON/],
    ['model.json', '{"format":"other"}', /version 1, found format 'other'/],
    ['weights.safetensors', 'short', /weights\.safetensors/],
  ] as const)('a damaged %s is named', async (name, content, message) => {
    const forecaster = await fitted({ maxEpochs: 1 });
    const files = { ...(await toModelFiles(forecaster)), [name]: new TextEncoder().encode(content) };
    forecaster.dispose();
    const load = (): unknown => fromModelFiles(backend, files);
    expect(load).toThrow(message);
    expect(codeOf(load)).toBe('forecast/model-file');
  });
});

function codeOf(f: () => unknown): string | undefined {
  try {
    f();
  } catch (error) {
    return ForecastError.isInstance(error) ? error.code : undefined;
  }
  return undefined;
}
