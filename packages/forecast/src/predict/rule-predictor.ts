import type { SeriesSet } from '@nt/data';
import { checkInteger } from '../check-arguments.ts';
import type { Predictor, Saving } from '../predictor.ts';
import { checkQuantilesTold } from './check-quantiles-told.ts';
import { predictAhead } from './predict-ahead.ts';

/** What a rule says of one series from an origin on: `[horizon]`. It must not look at the origin's step or later ones. */
export type ForecastRule = (set: SeriesSet, series: number, origin: number) => ArrayLike<number>;

/**
 * A predictor that has learned nothing: a rule over a series' past. It ignores covariates.
 *
 * @param saving how it is saved; default not at all, since a function cannot be written down
 */
export function rulePredictor(method: string, horizon: number, rule: ForecastRule, saving?: Saving): Predictor {
  checkInteger('horizon', horizon, 1);
  const predictor: Predictor = {
    method,
    horizon,
    quantiles: [],
    saving,
    predict: (set, options) => predictAhead(predictor, { ...set, historic: null, future: null }, options),
    predictWindows: async (windows, quantiles = []) => {
      checkQuantilesTold(predictor, quantiles);
      const point = new Float64Array(windows.count * horizon);
      for (let window = 0; window < windows.count; window++) {
        const { series, origin } = windows.locate(window);
        point.set(rule(windows.set, series, origin), window * horizon);
      }
      return { point, quantiles: [] };
    },
    dispose: () => {},
  };
  return predictor;
}
