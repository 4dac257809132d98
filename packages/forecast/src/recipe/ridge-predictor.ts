import type { FittedRidge } from '@nt/linear';
import { checkQuantilesTold } from '../predict/check-quantiles-told.ts';
import { predictAhead } from '../predict/predict-ahead.ts';
import type { Predictor } from '../predictor.ts';

/** A ridge of `@nt/linear` as a predictor. */
export function ridgePredictor(fitted: FittedRidge): Predictor {
  const own: Predictor = {
    method: 'ridge',
    horizon: fitted.horizon,
    quantiles: [],
    predict: (set, options) => predictAhead(own, set, options),
    predictWindows: async (windows, quantiles = []) => {
      checkQuantilesTold(own, quantiles);
      return { point: await fitted.forecastWindows(windows), quantiles: [] };
    },
    dispose: () => {},
  };
  return own;
}
