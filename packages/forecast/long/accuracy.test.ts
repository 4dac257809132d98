import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  conformal,
  conformalMethods,
  type EvaluationRow,
  evaluate,
  NhitsForecaster,
  type NhitsForecasterOptions,
  type PlanOptions,
  type Predictor,
  partOfPlan,
} from '../src/index.ts';
import { etth1, needsPublicSets, nordPool, type PublicSet, usBirths } from './public-sets.ts';

const hour = 3_600_000;

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

async function judged(
  { set, validation, test }: PublicSet,
  options: NhitsForecasterOptions,
  plan: PlanOptions,
): Promise<EvaluationRow> {
  const recipe = new NhitsForecaster(backend, options);
  const { forecaster } = await recipe.fit(recipe.plan(set, { validation, test, ...plan }));
  const { rows } = await forecaster.evaluate(set, { metrics: ['mse'] });
  forecaster.dispose();
  return rows[0]!;
}

/**
 * neuralforecast 3.3 told nothing but 256 windows in a batch, mean of its seeds; MSE and MAE of standardized values. What
 * is quoted for ETTh1, 0.440 / 0.436, does not name its look-back: with 480 neuralforecast gave 0.4518 / 0.4365, 0.4350 /
 * 0.4288 and 0.4439 / 0.4313 where this test was written, with 288 0.4541 / 0.4281 and 0.4582 / 0.4355. Ours with 480 gave
 * 0.4634 / 0.4366, 0.4582 / 0.4382 and 0.4463 / 0.4337: in MSE 2.8 % above that run, and 3.6 % above what is quoted, so
 * that row fails.
 */
const reference = [
  ['ETTh1, 96 hours, looking back 480', () => etth1(), { horizon: 96, inputSize: 480 }, 0.44, 0.436],
  ['ETTh1, 96 hours, looking back 288', () => etth1(), { horizon: 96, inputSize: 288 }, 0.456, 0.432],
  [
    'Nord Pool, 24 hours, price and calendar',
    () => nordPool({ isPriceOnly: true }),
    { horizon: 24, inputSize: 168, calendar: ['hourOfDay', 'dayOfWeek'] },
    0.169,
    0.218,
  ],
  [
    'Nord Pool, 24 hours, two covariates known ahead',
    () => nordPool({ isPriceOnly: false }),
    { horizon: 24, inputSize: 168 },
    0.124,
    0.185,
  ],
] as const;

describe.runIf(needsPublicSets())(
  'the reference preset reproduces neuralforecast within 3 %, mean of three seeds',
  () => {
    it.each(reference)('%s', { timeout: hour }, async (_, load, options, mse, mae) => {
      const found = { mse: 0, mae: 0 };
      for (const seed of [1, 2, 3]) {
        const row = await judged(load(), { ...options, seed } as NhitsForecasterOptions, { preset: 'reference' });
        found.mse += row.metrics.mse! / 3;
        found.mae += row.mae / 3;
        console.log(seed, row.metrics.mse!.toFixed(4), row.mae.toFixed(4));
      }
      expect(found.mse).toBeLessThan(1.03 * mse);
      expect(found.mae).toBeLessThan(1.03 * mae);
    });
  },
);

const sets = [
  ['US births, 28 days', () => usBirths(), { horizon: 28, inputSize: 112 }],
  [
    'Nord Pool, 24 hours',
    () => ({ ...nordPool({ isPriceOnly: true }), validation: 24 * 364 }),
    { horizon: 24, inputSize: 168 },
  ],
] as const;

/**
 * The default, `scaled`, promises coverage also where a series grows wilder. `split` and `quantiles` promise it for times
 * like those of the calibration, which these are not (the network's own 80 % hold 71 and 73 % of the test parts): `quantiles`
 * must come nearer than the network's own, or within three points; `split` is only measured.
 */
describe.runIf(needsPublicSets())('conformal intervals cover within three points of what they say', () => {
  it.each(sets)('%s', { timeout: hour }, async (_, load, options) => {
    const { set, validation, test } = load();
    const recipe = new NhitsForecaster(backend, { ...options, model: { hiddenSize: 128 } });
    const plan = recipe.plan(set, { validation, test, loss: 'quantile', maxUpdates: 600, batchSize: 256 });
    const { forecaster } = await recipe.fit(plan);
    const offOf = async (predictor: Predictor, name: string): Promise<readonly number[]> => {
      const { rows } = await evaluate([predictor], partOfPlan(plan, 'test'), { levels: [80, 95] });
      return rows[0]!.intervals.map(({ level, coverage, width }) => {
        console.log(`${name} ${level}: ${coverage.toFixed(3)}, ${width.toFixed(3)}`);
        return Math.abs(100 * coverage - level);
      });
    };
    const own = await offOf(forecaster, 'own');
    for (const method of conformalMethods) {
      const calibrated = await conformal(forecaster, partOfPlan(plan, 'validation'), { method });
      const off = await offOf(calibrated, method);
      const most = method === 'quantiles' ? own.map((one) => Math.max(3, one)) : [3, 3];
      if (method !== 'split') off.forEach((one, i) => void expect(one, method).toBeLessThan(most[i]!));
    }
    forecaster.dispose();
  });
});
