import type { Json, Tensor } from '@nt/tensor';
import { weightsFingerprint } from '../fit/data-fingerprint.ts';
import type { PlanOptions } from '../fit/plan-options.ts';
import type { RunOptions } from '../fit/run-options.ts';
import { FittedForecaster } from '../fitted-forecaster.ts';
import type { Forecaster } from '../forecaster.ts';
import { checkObject } from '../options/check-keys.ts';
import { badOption } from '../options/option.ts';
import type { Predictor } from '../predictor.ts';
import type { Estimator } from './estimator.ts';
import type { CheckpointsOf } from './fit-checkpoints.ts';

/** How to train in every fold: parts and warm start follow from the fold. */
export type EstimatorOptions = Omit<PlanOptions, 'split' | 'validation' | 'test'>;

/** What belongs to the trainings of an estimator. */
export interface EstimatorRun extends Pick<RunOptions, 'onEvent' | 'logEvery' | 'loggers'> {
  /** Where each training keeps its checkpoints: the same one run again goes on from them, to the same bits. Default: nowhere. */
  readonly checkpointsOf?: CheckpointsOf | undefined;
}

/**
 * A forecaster as something that a backtest can refit.
 *
 * @param options of each plan
 * @param run who hears of the training runs, and where they keep their checkpoints
 */
export function estimatorOf<T extends Tensor>(
  recipe: Forecaster<T>,
  options: EstimatorOptions = {},
  { checkpointsOf, ...run }: EstimatorRun = {},
): Estimator {
  checkObject('training', options);
  return {
    method: recipe.method,
    horizon: recipe.config.horizon,
    identity: { forecaster: recipe.config, training: options } as unknown as Json,
    async fit({ set, split, from, signal }) {
      signal?.throwIfAborted();
      const plan = recipe.plan(set, { ...options, split });
      const kept = checkpointsOf?.();
      const checkpoints = kept?.storage('network');
      const { forecaster } = await recipe.fit(plan, {
        ...run,
        from: from ? fittedOnly(from) : undefined,
        ...{ signal, checkpoints, checkpointEvery: kept?.every },
        resume: checkpoints !== undefined && (await checkpoints.list()).length > 0,
      });
      if (!signal?.aborted) return forecaster;
      forecaster.dispose();
      throw signal.reason;
    },
    async inspect(predictor) {
      const forecaster = fittedOnly(predictor);
      const { training, scaler } = forecaster.state;
      const { updates, best } = (training as { result: Record<'updates' | 'best', Json> }).result;
      return {
        scaler: scaler as Json,
        'early stopping': { updates, best },
        weights: weightsFingerprint(await forecaster.saveWeights()),
      };
    },
  };
}

function fittedOnly(predictor: Predictor): FittedForecaster {
  if (predictor instanceof FittedForecaster) return predictor;
  throw badOption('from', 'a fitted forecaster to go on from', predictor.method);
}
