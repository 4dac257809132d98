import { type FittedRidge, saveRidge } from '@nt/linear';
import { serialize } from '@nt/safetensors';
import { checkQuantilesTold } from '../predict/check-quantiles-told.ts';
import { predictAhead } from '../predict/predict-ahead.ts';
import type { Predictor } from '../predictor.ts';
import type { SeenUntil } from '../saved/seen-until.ts';
import type { TrainingData } from '../saved/training-data.ts';

/** A linear model as a predictor. */
export interface RidgePredictor extends Predictor {
  /** To be rolled on over newer data. */
  readonly ridge: FittedRidge;
}

/** A linear model as a predictor: a rival that trains in seconds, and a member of ensembles. */
export function ridgePredictor(ridge: FittedRidge): RidgePredictor {
  const { state, arrays } = saveRidge(ridge);
  const predictor: RidgePredictor = {
    method: 'ridge',
    horizon: ridge.horizon,
    quantiles: [],
    ridge,
    trainedOn: dataOf(ridge),
    saving: {
      kind: 'ridge',
      state: { ridge: state },
      files: async () => ({ 'model.safetensors': serialize(arrays, { modelType: 'ridge' }) }),
    },
    predict: (set, options) => predictAhead(predictor, set, options),
    predictWindows: async (windows, quantiles = []) => {
      checkQuantilesTold(predictor, quantiles);
      return { point: await ridge.forecastWindows(windows), quantiles: [] };
    },
    dispose: () => {},
  };
  return predictor;
}

/** Absent of a model that was saved before this was kept. */
function dataOf({ state: { data, covariates, learned } }: FittedRidge): TrainingData | undefined {
  if (data === undefined) return undefined;
  const { seenUntil, trainedUntil, ...rest } = data;
  const byId = (times: readonly number[]): SeenUntil =>
    Object.fromEntries(learned.ids.map((id, series) => [id, times[series]!]));
  return {
    ...rest,
    ...covariates,
    seenUntil: byId(seenUntil),
    ...(trainedUntil && { trainedUntil: byId(trainedUntil) }),
  };
}
