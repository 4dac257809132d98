import { type SeriesSet, seriesValues, timeAt } from '@nt/data';
import type { Forecast, SeriesForecast } from '@nt/forecast';
import type { ReportForecast, ReportSeries } from '../report.ts';

/** Most time steps of history that a picture shows. */
const mostHistory = 400;
/** Series that a page draws: a panel of thousands would be a page that nobody opens. */
export const mostDrawn = 6;

/** The end of a series, three horizons of it but at least 60 and at most 400 time steps, and what comes next. */
export function reportSeries(set: SeriesSet, forecast: SeriesForecast): ReportSeries {
  const series = set.ids.indexOf(forecast.id);
  const length = set.lengths[series]!;
  const count = Math.min(length, Math.max(3 * forecast.values.length, 60), mostHistory);
  const steps = Array.from({ length: count }, (_, i) => length - count + i);
  const values = seriesValues(set, series);
  return {
    id: forecast.id,
    history: { at: steps.map((step) => timeAt(set, series, step)), values: steps.map((step) => values[step]!) },
    ahead: { at: forecast.times, values: Array.from(forecast.values) },
    intervals: forecast.intervals.map(({ level, lower, upper }) => ({
      level,
      lower: Array.from(lower),
      upper: Array.from(upper),
    })),
  };
}

/** How a forecast can be drawn. */
export interface ReportForecastOptions {
  /** Drawn before the others. */
  readonly first?: string | undefined;
  /** Summands of forecasts, by series: `FittedForecaster.decompose`. */
  readonly parts?: ReadonlyMap<string, NonNullable<ReportSeries['parts']>> | undefined;
}

/** A forecast for a page: the first six series with the end of their history. */
export function reportForecast(
  set: SeriesSet,
  { horizon, series }: Pick<Forecast, 'horizon' | 'series'>,
  { first, parts }: ReportForecastOptions = {},
): ReportForecast {
  const ordered = [...series.filter(({ id }) => id === first), ...series.filter(({ id }) => id !== first)];
  const drawn = ordered.slice(0, mostDrawn).map((one) => ({ ...reportSeries(set, one), parts: parts?.get(one.id) }));
  return { horizon, series: drawn, seriesForecast: series.length };
}
