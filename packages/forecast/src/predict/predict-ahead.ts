import { continueSeries, forecastWindows, joinFuture, type SeriesSet, timeAt } from '@nt/data';
import { badArgument, checkInteger, checkSet } from '../check-arguments.ts';
import { ForecastError } from '../forecast-error.ts';
import type { Predictor } from '../predictor.ts';
import { listOf } from './check-data.ts';
import type { Forecast, ForecastNotice } from './forecast.ts';
import { intervalsOf } from './levels.ts';
import { type PredictOptions, quantilesAsked } from './predict-options.ts';
import type { WindowForecasts } from './window-forecasts.ts';

type Asked = Pick<Predictor, 'horizon' | 'predictWindows' | 'notices' | 'cannotForecast'>;

/** `Predictor.predict` by way of `predictWindows`: the window behind the end of each series, and recursion beyond it. */
export async function predictAhead(predictor: Asked, set: SeriesSet, options: PredictOptions = {}): Promise<Forecast> {
  checkSet(set);
  const quantiles = quantilesAsked(options);
  const { horizon = predictor.horizon, future } = options;
  checkHorizon(horizon, predictor.horizon);
  const without = predictor.cannotForecast?.(set) ?? [];
  const notices = [...notForecast(without, set), ...(predictor.notices?.(set) ?? [])];
  const isRecursive = horizon > predictor.horizon;
  if (isRecursive) checkRecursion(predictor, set, quantiles);
  // A network gives all of its horizon, and wants what is known ahead for all of it.
  const steps = predictor.horizon * Math.ceil(horizon / predictor.horizon);
  const whole = future === undefined ? set : joinFuture(set, future, steps);
  const { point, quantiles: columns } = isRecursive
    ? { point: await recursivePoints(predictor, whole, horizon), quantiles: [] }
    : cut(await predictBehindEnd(predictor, whole, quantiles), predictor.horizon, horizon);
  const rowOf = (values: Float64Array, series: number): Float64Array =>
    values.slice(series * horizon, (series + 1) * horizon);
  const isLeftOut = new Set(without);
  const series = set.ids.flatMap((id, index) => {
    if (isLeftOut.has(id)) return [];
    const own = columns.map((values) => rowOf(values, index));
    const one = {
      id,
      times: Array.from({ length: horizon }, (_, step) => timeAt(whole, index, set.lengths[index]! + step)),
      values: rowOf(point, index),
      quantiles: own,
      intervals: intervalsOf(quantiles, own),
    };
    return [one];
  });
  return {
    horizon,
    quantiles,
    series,
    notices: isRecursive ? [...notices, recursion(predictor.horizon, horizon)] : notices,
  };
}

/** Times that a recursion goes on: each begins with a copy of the data and all that was forecast so far. */
const mostPasses = 10_000;
/** Of a series, whatever the predictor's own horizon is. */
const mostSteps = 1_000_000;

/** @throws ForecastError `forecast/option`, which tells the limit: without one a slip of the keyboard ends in no answer */
function checkHorizon(horizon: number, own: number): void {
  checkInteger('horizon', horizon, 1);
  const most = Math.min(mostSteps, mostPasses * own);
  if (horizon <= most) return;
  const why = most < mostSteps ? `, ${mostPasses} times the predictor's own ${own}` : '';
  throw badArgument(`horizon: expected at most ${most} time steps${why}, got ${horizon}. Ask for fewer.`, {
    option: 'horizon',
    received: horizon,
    most,
  });
}

/** @throws ForecastError `forecast/too-short` when no series is left */
function notForecast(without: readonly string[], set: SeriesSet): readonly ForecastNotice[] {
  if (without.length === 0) return [];
  const what = `nothing was observed where the model looks: ${listOf(without)}. Leave the series out, or give newer values`;
  if (without.length < set.ids.length) return [{ code: 'not-forecast', message: `not forecast, since ${what}` }];
  throw new ForecastError('forecast/too-short', `No series can be forecast: ${what}.`, { series: without });
}

const recursion = (own: number, asked: number): ForecastNotice => ({
  code: 'recursive',
  message: `${asked} time steps with a model of ${own}: behind the first ${own}, forecasts go on from forecasts`,
});

function checkRecursion(predictor: Asked, set: SeriesSet, quantiles: readonly number[]): void {
  const expected = `expected at most ${predictor.horizon}, the predictor's own`;
  if (set.historic !== null) {
    const message = `horizon: ${expected}: historic covariates are not known further ahead. Train with a larger horizon, or without ${set.historic.names.join(', ')}.`;
    throw new ForecastError('forecast/option', message, { option: 'horizon' });
  }
  if (quantiles.length > 0) {
    const message = `horizon: ${expected} when quantiles are asked for: a recursion knows nothing of its own errors. Train with a larger horizon, or ask for no quantiles.`;
    throw new ForecastError('forecast/option', message, { option: 'horizon' });
  }
}

/** How far back it looks is the predictor's affair; the windows only say where they begin. */
const predictBehindEnd = (predictor: Asked, set: SeriesSet, quantiles: readonly number[]): Promise<WindowForecasts> =>
  predictor.predictWindows(forecastWindows(set, { inputSize: 1, horizon: predictor.horizon }), quantiles);

/** `[series, horizon]` */
async function recursivePoints(predictor: Asked, set: SeriesSet, horizon: number): Promise<Float64Array> {
  const out = new Float64Array(set.ids.length * horizon);
  let observed = set;
  for (let done = 0; done < horizon; done += predictor.horizon) {
    const { point } = await predictBehindEnd(predictor, observed, []);
    const rows = set.ids.map((_, s) => point.subarray(s * predictor.horizon, (s + 1) * predictor.horizon));
    rows.forEach((row, series) => {
      out.set(row.subarray(0, Math.min(predictor.horizon, horizon - done)), series * horizon + done);
    });
    observed = continueSeries(observed, rows);
  }
  return out;
}

/** The first `horizon` of `own` steps of each window. */
function cut({ point, quantiles }: WindowForecasts, own: number, horizon: number): WindowForecasts {
  if (horizon === own) return { point, quantiles };
  const shorten = (values: Float64Array): Float64Array => {
    const windows = values.length / own;
    return Float64Array.from({ length: windows * horizon }, (_, i) => {
      return values[Math.floor(i / horizon) * own + (i % horizon)]!;
    });
  };
  return { point: shorten(point), quantiles: quantiles.map(shorten) };
}
