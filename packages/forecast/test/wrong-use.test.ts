import { createCpuBackend } from '@nt/backend-cpu';
import type { SeriesSet } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensemble, evaluate, type FittedForecaster, NhitsForecaster, partOfPlan, seasonalNaive } from '../src/index.ts';
import { fitQuickly, options, quick } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

let backend: Backend<Tensor>;
let fitted: FittedForecaster;
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
  fitted = await fitQuickly(backend)({ maxEpochs: 1 });
});
afterAll(async () => {
  fitted.dispose();
  await backend.dispose();
});

/** From plain JavaScript, where no compiler looks. */
const wrong = <Type>(value: unknown): Type => value as Type;
const option = (message: RegExp) => ({ code: 'forecast/option', message: expect.stringMatching(message) });

describe('what plain JavaScript hands in is refused with a code, what was expected and what was found', () => {
  it.each([
    [undefined, /^forecaster: expected an object with options, got undefined/],
    [null, /^forecaster: expected an object with options, got null/],
    [{ ...options, horizon: 7n }, /^horizon: expected an integer >= 1, got 7n/],
    [{ ...options, calendar: { days: [7n] } }, /^calendar: expected a list of .*, got {"days":\["7n"\]}/],
  ])('options %o', (given, message) => {
    expect(() => new NhitsForecaster(backend, wrong(given))).toThrow(expect.objectContaining(option(message)));
  });

  it('a bigint among options of the network', () => {
    expect(() => new NhitsForecaster(backend, { ...options, model: { hiddenSize: wrong(16n) } })).toThrow(
      expect.objectContaining({ code: 'nhits/option', message: expect.stringMatching(/hiddenSize.*, got 16n/) }),
    );
  });

  it.each([[undefined], [null], [{}]])('an engine that is %o', (engine) => {
    expect(() => new NhitsForecaster(wrong<Backend<Tensor>>(engine), options)).toThrow(
      expect.objectContaining(option(/^backend: expected an engine, such as createCpuBackend/)),
    );
  });

  it.each([
    [{ optimizer: 5 }, /^optimizer: expected one of .*, got '5'/],
    [{ validation: 20n }, /^validation: expected .*, got 20n/],
  ])('options of a plan %o', (given, message) => {
    const recipe = new NhitsForecaster(backend, options);
    expect(() => recipe.plan(madeSeries(), wrong(given))).toThrow(expect.objectContaining(option(message)));
  });

  it('a part of a plan that there is not', () => {
    const plan = new NhitsForecaster(backend, options).plan(madeSeries(), quick);
    expect(() => partOfPlan(plan, wrong('tset'))).toThrow(
      expect.objectContaining(option(/^part: expected one of train, validation, test, got 'tset'/)),
    );
  });

  it.each([[undefined], [null], [madeSeries()]])('a plan that is none', async (plan) => {
    await expect(new NhitsForecaster(backend, options).fit(wrong(plan))).rejects.toMatchObject(
      option(/^plan: expected what plan\(\) of this forecaster gave/),
    );
  });

  it.each([[undefined], [null], [[1, 2, 3]], ['prices.csv']])('data that are %o', async (data) => {
    const refused = option(/^expected a set of series, as the readers of @nt\/data give it/);
    const predictors = [fitted, seasonalNaive(7, 7), ensemble([seasonalNaive(7, 7), seasonalNaive(7, 7)])];
    for (const each of predictors) await expect(each.predict(wrong<SeriesSet>(data))).rejects.toMatchObject(refused);
    await expect(fitted.evaluate(wrong(data))).rejects.toMatchObject(refused);
  });

  it('a horizon that is a text', async () => {
    await expect(fitted.predict(madeSeries(), { horizon: wrong('7') })).rejects.toMatchObject(
      option(/^horizon: expected an integer >= 1, got the text '7'/),
    );
  });
});

it('a disposed forecaster says so, whatever it is asked, and can be disposed again', async () => {
  const set = madeSeries();
  const plan = new NhitsForecaster(backend, options).plan(set, quick);
  const forecaster = await fitQuickly(backend)({ maxEpochs: 1 });
  forecaster.dispose();
  forecaster.dispose();
  const disposed = { code: 'forecast/disposed', message: 'The forecaster was disposed: fit or load it again.' };
  await expect(forecaster.predict(set)).rejects.toMatchObject(disposed);
  await expect(forecaster.decompose(set)).rejects.toMatchObject(disposed);
  await expect(forecaster.saveWeights()).rejects.toMatchObject(disposed);
  await expect(evaluate([forecaster], partOfPlan(plan, 'test'))).rejects.toMatchObject(disposed);
  await expect(ensemble([fitted, forecaster]).predict(set)).rejects.toMatchObject(disposed);
});
