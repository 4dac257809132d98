import { createCpuBackend } from '@nt/backend-cpu';
import { seriesFromArrays, seriesValues, splitByTime, windows } from '@nt/data';
import { fitRidge } from '@nt/linear';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  conformal,
  ensemble,
  fitBlend,
  fromModelFiles,
  NhitsForecaster,
  naive,
  type Predictor,
  ridgePredictor,
  toModelFiles,
} from '../src/index.ts';
import { fitQuickly, options, quick } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

const horizon = 7;
const set = madeSeries();
const split = splitByTime(set, { validation: quick.validation!, test: quick.test! });
const from = (starts: Float64Array) =>
  windows(set, { inputSize: 1, horizon, ranges: { starts, ends: split.validation.ends } });
const validation = from(split.validation.starts);
/** One step too early in the second series. */
const early = from(Float64Array.from(split.validation.starts, (start, series) => start - series));

let backend: Backend<Tensor>;
const made = new Map<string, Predictor>();
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
  const fit = fitQuickly(backend);
  const once = { maxEpochs: 1 };
  made.set('a network', await fit(once));
  made.set('an ensemble', ensemble([naive(horizon), await fit(once)]));
  made.set('a calibrated network', await conformal(await fit(once), validation));
  made.set('a ridge', ridgePredictor(await fitRidge(set, split, { horizon })));
  const { predictor } = await fitBlend(backend, set, { horizon, split, preset: 'reference', maxUpdates: 1 });
  made.set('a blend', predictor);
  const learner = new NhitsForecaster(backend, options);
  const plan = { ...quick, ...once, validation: 0.3 };
  const run = { from: made.get('a network') as never };
  made.set('a network that began as one', (await learner.fit(learner.plan(set, plan), run)).forecaster);
  made.set('an ensemble from its files', await fromModelFiles(backend, await toModelFiles(made.get('an ensemble')!)));
  made.set('a ridge from its files', await fromModelFiles(backend, await toModelFiles(made.get('a ridge')!)));
});
afterAll(async () => {
  for (const predictor of made.values()) predictor.dispose();
  await backend.dispose();
});

describe.each([
  'a network',
  'an ensemble',
  'a calibrated network',
  'a ridge',
  'a blend',
  'a network that began as one',
  'an ensemble from its files',
  'a ridge from its files',
])('%s', (name) => {
  it('is calibrated on its validation part, and on no window that it was trained on', async () => {
    const predictor = made.get(name)!;
    await expect(conformal(predictor, validation)).resolves.toBeDefined();
    await expect(conformal(predictor, early)).rejects.toMatchObject({
      code: 'forecast/option',
      message: expect.stringMatching(
        /^calibration: .*series 'b' that begins at 2024-\d\d-\d\d, .*all before 2024-.*partOfPlan\(plan, 'validation'\)/,
      ),
    });
  });
});

it('series that it does not know, newer windows, and rules are free', async () => {
  const network = made.get('a network')!;
  const others = { ...set, ids: ['toString', 'c'] };
  const all = windows(others, { inputSize: 1, horizon });
  await expect(conformal(network, all)).resolves.toBeDefined();
  await expect(conformal(naive(horizon), early)).resolves.toBeDefined();
  await expect(conformal(network, windows(set, { inputSize: 1, horizon, last: 20 }))).resolves.toBeDefined();
});

it('a ridge that has learnt from all it saw has no window left there', async () => {
  const ridge = ridgePredictor(await fitRidge(set, split, { horizon, refit: true, keepEquations: true }));
  await expect(conformal(ridge, validation)).rejects.toMatchObject({ code: 'forecast/option' });
  const rolled = ridgePredictor(await ridge.ridge.roll(set, split.train));
  await expect(conformal(rolled, validation)).resolves.toBeDefined();
});

it('a single series counts, whatever its target is called by now', async () => {
  const single = (target: string) =>
    seriesFromArrays([{ id: target, values: Array.from(seriesValues(set, 0)), start: '2024-01-01' }], {
      frequency: 'day',
      target,
    });
  const recipe = new NhitsForecaster(backend, options);
  const { forecaster } = await recipe.fit(recipe.plan(single('sales'), { ...quick, maxEpochs: 1 }));
  const demand = single('demand');
  await expect(conformal(forecaster, windows(demand, { inputSize: 1, horizon }))).rejects.toThrow(/series 'demand'/);
  forecaster.dispose();
});
