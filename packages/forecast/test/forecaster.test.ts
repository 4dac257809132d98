import { createCpuBackend } from '@nt/backend-cpu';
import { seriesValues, splitByTime, timeAt } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FittedForecaster, ForecastError, fromModelFiles, NhitsForecaster, toModelFiles } from '../src/index.ts';
import { type FitQuickly, fitQuickly, options, planAndFit, quick, weightsOf } from './fit-quickly.ts';
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
    expect(rows.map((row) => row.method)).toEqual([
      'nhits',
      'naive',
      'seasonal naive',
      'window average',
      'drift',
      'mean',
    ]);
    expect(rows[0]!.mae).toBeLessThan(0.9 * Math.min(...rows.slice(1).map(({ mae }) => mae)));
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
      const recipe = new NhitsForecaster(backend, options);
      const { forecaster } = await planAndFit(recipe, data, { ...quick, validation: 0, test: 0.3 });
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
    const { signal } = stop;
    const aborted = await planAndFit(cut, madeSeries(), { ...quick, checkpoints, signal, onEvent });
    expect(aborted.result.reason).toBe('aborted');
    aborted.forecaster.dispose();
    const resumed = await fitted({ checkpoints, resume: true });
    expect(await weightsOf(resumed)).toBe(await weightsOf(whole));
    resumed.dispose();
    whole.dispose();
  });

  it('refuses to resume with other data', async () => {
    const checkpoints = memoryStorage();
    (await fitted({ checkpoints, maxEpochs: 1 })).dispose();
    const forecaster = new NhitsForecaster(backend, options);
    const fit = planAndFit(forecaster, madeSeries(170), { ...quick, maxEpochs: 1, checkpoints, resume: true });
    await expect(fit).rejects.toThrow(/data/);
  });

  it('comes back from its files with the same forecasts', async () => {
    const forecaster = await fitted();
    const set = madeSeries();
    const copy = await fromModelFiles(backend, await toModelFiles(forecaster));
    expect(await copy.predict(set)).toEqual(await forecaster.predict(set));
    expect((copy as FittedForecaster).state).toEqual(JSON.parse(JSON.stringify(forecaster.state)));
    copy.dispose();
    forecaster.dispose();
  });

  it('goes on from a fitted one, and refuses a network of another shape', async () => {
    const first = await fitted({ maxEpochs: 6 });
    const { forecaster: still } = await planAndFit(new NhitsForecaster(backend, options), madeSeries(), {
      ...quick,
      from: first,
      learningRate: 0,
      maxEpochs: 1,
    });
    expect(await weightsOf(still)).toBe(await weightsOf(first));
    const wider = new NhitsForecaster(backend, { ...options, model: { hiddenSize: 20 } });
    await expect(planAndFit(wider, madeSeries(), { ...quick, from: first })).rejects.toThrow(
      /model .*hiddenSize.* there, \{"hiddenSize":20\} here/,
    );
    still.dispose();
    first.dispose();
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
    [{}, 'forecast/option', /horizon: expected an integer >= 1, got undefined/],
    [{ horizon: 7, inputsize: 3 }, 'forecast/unknown-option', /'inputsize'; did you mean 'inputSize'/],
    [{ horizon: 7, scaler: 'xx' }, 'forecast/option', /scaler: expected one of none, standard/],
    [{ horizon: 7, model: { hiddensize: 3 } }, undefined, /hiddenSize/],
    [{ horizon: 7, model: { hiddenSize: 0 } }, undefined, /'hiddenSize': expected an integer >= 1/],
  ])('%j is refused when the forecaster is made', (wrong, code, message) => {
    const make = (): unknown => new NhitsForecaster(backend, wrong as never);
    expect(make).toThrow(message);
    expect(codeOf(make)).toBe(code);
  });

  it.each([
    [{ optimiser: 'adam' }, /'optimiser'; did you mean 'optimizer'/],
    [{ batchSize: 1.5 }, /batchSize: expected an integer >= 1, got 1.5/],
    [{ learningRate: Number.NaN }, /learningRate: expected a number >= 0, got NaN/],
    [{ validation: true }, /validation: expected a fraction/],
  ])('plan refuses %j', (wrong, message) => {
    expect(() => new NhitsForecaster(backend, options).plan(madeSeries(), wrong as never)).toThrow(message);
  });

  it('fit refuses what belongs into the plan, and the plan of another forecaster', async () => {
    const recipe = new NhitsForecaster(backend, options);
    const plan = recipe.plan(madeSeries(), quick);
    await expect(recipe.fit(plan, { maxEpochs: 3 } as never)).rejects.toThrow(/no fit option 'maxEpochs'/);
    const other = new NhitsForecaster(backend, { ...options, seed: 2 });
    await expect(other.fit(plan)).rejects.toThrow(/another made it/);
  });

  it('a plan can be carried out twice, to the same bits', async () => {
    const recipe = new NhitsForecaster(backend, options);
    const plan = recipe.plan(madeSeries(), { ...quick, maxEpochs: 1 });
    const [first, second] = [await recipe.fit(plan), await recipe.fit(plan)];
    expect(await weightsOf(second.forecaster)).toBe(await weightsOf(first.forecaster));
    first.forecaster.dispose();
    second.forecaster.dispose();
  });

  it('quantiles are refused by what cannot give them', async () => {
    const forecaster = await fitted({ maxEpochs: 1 });
    await expect(forecaster.predict(madeSeries(), { quantiles: [0.1, 0.9] })).rejects.toThrow(/gives no quantiles/);
    await expect(forecaster.predict(madeSeries(), { quantiles: [0.9, 0.1] })).rejects.toThrow(/ascending/);
    await expect(forecaster.predict(madeSeries(), { level: [80] } as never)).rejects.toThrow(
      /no predict option 'level'/,
    );
    forecaster.dispose();
  });

  it.each([{ validation: 0.01 }, { test: 0.02 }])('a part too short for a window is refused: %j', (parts) => {
    const plan = () => new NhitsForecaster(backend, options).plan(madeSeries(), { ...quick, ...parts });
    expect(plan).toThrow(/a window needs 7/);
  });

  it('evaluating with nothing kept back says how to keep some back', async () => {
    const forecaster = await fitted({ maxEpochs: 1, test: 0 });
    await expect(forecaster.evaluate(madeSeries())).rejects.toThrow(/test: 0\.2/);
    forecaster.dispose();
  });

  it('series that are too short for one window are refused', () => {
    const recipe = new NhitsForecaster(backend, { horizon: 100, inputSize: 300 });
    expect(() => recipe.plan(madeSeries())).toThrow(/a window needs 400/);
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
