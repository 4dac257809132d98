import { forecastWindows, type SeriesSet, timeAt } from '@nt/data';
import type { Predictor } from '../predictor.ts';
import type { Forecast } from './forecast.ts';
import { intervalsOf } from './levels.ts';
import { type PredictOptions, quantilesAsked } from './predict-options.ts';

/** `Predictor.predict` by way of `predictWindows`: the window behind the end of each series. */
export async function predictAhead(
  predictor: Pick<Predictor, 'horizon' | 'predictWindows'>,
  set: SeriesSet,
  options: PredictOptions = {},
): Promise<Forecast> {
  const quantiles = quantilesAsked(options);
  const { horizon } = predictor;
  // How far back it looks is the predictor's affair; the windows only say where they begin.
  const ahead = forecastWindows(set, { inputSize: 1, horizon });
  const forecasts = await predictor.predictWindows(ahead, quantiles);
  const rowOf = (values: Float64Array, window: number): Float64Array =>
    values.slice(window * horizon, (window + 1) * horizon);
  const series = set.ids.map((id, window) => {
    const { series: index, origin } = ahead.locate(window);
    const own = forecasts.quantiles.map((values) => rowOf(values, window));
    return {
      id,
      times: Array.from({ length: horizon }, (_, step) => timeAt(set, index, origin + step)),
      values: rowOf(forecasts.point, window),
      quantiles: own,
      intervals: intervalsOf(quantiles, own),
    };
  });
  return { horizon, quantiles, series };
}
