import { type SeriesSet, windows } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { backtest } from '../backtest/backtest.ts';
import type { Backtest } from '../backtest/backtest-report.ts';
import type { Estimator } from '../backtest/estimator.ts';
import { estimatorOf } from '../backtest/estimator-of.ts';
import { conformal } from '../combine/conformal.ts';
import { holdsWindow } from '../fit/part-windows.ts';
import { NhitsForecaster } from '../nhits-forecaster.ts';
import { blendEstimator } from '../recipe/blend-estimator.ts';
import type { BacktestRequest, TrainRequest, WorkerBacktestEvent } from './messages.ts';
import { spaced } from './training-job.ts';

/** Trains and forecasts fold by fold what a request would train. @throws what `backtest` throws; the reason of `signal` */
export function runBacktest<T extends Tensor>(
  backend: Backend<T>,
  set: SeriesSet,
  { train, ...walk }: BacktestRequest,
  signal: AbortSignal,
  tell: (event: WorkerBacktestEvent) => void,
): Promise<Backtest> {
  return backtest(estimatorFor(backend, train, tell), set, {
    ...walk,
    signal,
    onEvent: (event) => {
      if (event.type !== 'fold-end') return tell(event);
      const { forecasts: _, ...told } = event;
      tell(told);
    },
  });
}

function estimatorFor<T extends Tensor>(
  backend: Backend<T>,
  request: TrainRequest,
  tell: (event: WorkerBacktestEvent) => void,
): Estimator {
  if ('recipe' in request) {
    const { validation: _, test: __, ...recipe } = request.recipe;
    const hear = spaced((event) => {
      if (event.type === 'training') tell(event);
    });
    return blendEstimator(backend, { ...recipe, onEvent: hear });
  }
  const { validation: _, test: __, ...training } = request.plan ?? {};
  const hear = spaced((event) => tell({ type: 'training', member: null, event } as WorkerBacktestEvent));
  const run = { onEvent: hear, logEvery: request.logEvery };
  return withIntervals(estimatorOf(new NhitsForecaster(backend, request.forecaster), training, run));
}

/** A network that gives points with intervals from its errors on the fold's validation part, as `train` gives them. */
function withIntervals({ method, horizon, identity, fit }: Estimator): Estimator {
  return {
    method: `${method}, conformal`,
    horizon,
    ...(identity !== undefined && { identity }),
    async fit({ from, ...input }) {
      const { set, split } = input;
      const predictor = await fit({ ...input, from: from?.saving?.members?.[0] ?? from });
      const gives = predictor.quantiles;
      if (gives === 'any' || gives.length > 0 || !holdsWindow(split.validation, horizon)) return predictor;
      return conformal(predictor, windows(set, { inputSize: 1, horizon, ranges: split.validation }));
    },
  };
}
