import type { FittedRidge } from '@nt/linear';
import { checkQuantilesTold } from '../predict/check-quantiles-told.ts';
import { predictAhead } from '../predict/predict-ahead.ts';
import type { Predictor } from '../predictor.ts';

/** A linear model as a predictor: a rival that trains in seconds, and a member of ensembles. */
export function ridgePredictor(fitted: FittedRidge): Predictor {
  const predictor: Predictor = {
    method: 'ridge',
    horizon: fitted.horizon,
    quantiles: [],
    predict: (set, options) => predictAhead(predictor, set, options),
    predictWindows: async (windows, quantiles = []) => {
      checkQuantilesTold(predictor, quantiles);
      return { point: await fitted.forecastWindows(windows), quantiles: [] };
    },
    dispose: () => {},
  };
  return predictor;
}
