import type { SeriesSet } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import type { CheckpointStorage } from '@nt/trainer';
import { conformal } from '../combine/conformal.ts';
import type { FitPlan } from '../fit/fit-plan.ts';
import { partOfPlan } from '../fit/part-of-plan.ts';
import type { FittedForecaster } from '../fitted-forecaster.ts';
import { ForecastError } from '../forecast-error.ts';
import { NhitsForecaster } from '../nhits-forecaster.ts';
import type { Predictor } from '../predictor.ts';
import { planBlend } from '../recipe/blend-plan.ts';
import { fitBlend } from '../recipe/fit-blend.ts';
import { memberStorage } from './member-storage.ts';
import type { BlendTrainRequest, NetworkTrainRequest, PlanReport, TrainRequest } from './messages.ts';
import type { Train } from './training-job.ts';

/** A request, decided: its sizes, and what trains it. */
export interface DecidedRequest {
  readonly report: PlanReport;
  train(checkpoints: CheckpointStorage): Train;
}

/** Decides and checks a request; trains nothing. @throws what `Forecaster.plan` and `planBlend` throw */
export function decideRequest<T extends Tensor>(
  backend: Backend<T>,
  set: SeriesSet,
  request: TrainRequest,
): DecidedRequest {
  return 'recipe' in request ? blend(backend, set, request) : network(backend, set, request);
}

function network<T extends Tensor>(
  backend: Backend<T>,
  data: SeriesSet,
  { forecaster: options, plan: asked, checkpointEvery, logEvery }: NetworkTrainRequest,
): DecidedRequest {
  const recipe = new NhitsForecaster(backend, options);
  const plan = recipe.plan(data, asked);
  const { set: _set, split: _split, ...report } = plan;
  return {
    report,
    train: (checkpoints) => async (about) => {
      const { forecaster, result } = await recipe.fit(plan, { checkpoints, checkpointEvery, logEvery, ...about });
      return {
        result,
        reason: result.reason,
        finish: async () => {
          await checkForecasts(forecaster, data);
          return withIntervals(forecaster, plan);
        },
        dispose: () => forecaster.dispose(),
      };
    },
  };
}

function blend<T extends Tensor>(
  backend: Backend<T>,
  set: SeriesSet,
  { recipe, checkpointEvery, logEvery }: BlendTrainRequest,
): DecidedRequest {
  const { split: _split, ...report } = planBlend(set, recipe);
  return {
    report,
    train: (checkpoints) => async (about) => {
      // Between two networks as well: another tab must not take the run for one that was cut off.
      const lock = await checkpoints.lock();
      try {
        const run = { checkpointEvery, logEvery, checkpoints: (member: string) => memberStorage(checkpoints, member) };
        const { predictor, stopped } = await fitBlend(backend, set, { ...report.config, ...run, ...about });
        return {
          result: null,
          reason: stopped ? 'aborted' : 'completed',
          finish: async () => predictor,
          dispose: () => predictor.dispose(),
        };
      } finally {
        await lock.release();
      }
    },
  };
}

/** Weights may be finite and their forecasts not. @throws ForecastError `forecast/no-model` */
async function checkForecasts(forecaster: FittedForecaster, data: SeriesSet): Promise<void> {
  const { series } = await forecaster.predict(data);
  if (series.every(({ values }) => Array.from(values).every(Number.isFinite))) return;
  throw new ForecastError(
    'forecast/no-model',
    'The training exploded: what the network learned forecasts no numbers. Use a smaller learning rate.',
  );
}

/** A network that gives points gets intervals from its errors on the validation part, where there is one. */
async function withIntervals(forecaster: FittedForecaster, plan: FitPlan): Promise<Predictor> {
  const gives = forecaster.quantiles;
  if (gives === 'any' || gives.length > 0 || plan.validationWindows === 0) return forecaster;
  return conformal(forecaster, partOfPlan(plan, 'validation'));
}
