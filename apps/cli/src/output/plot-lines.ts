import { type SeriesSet, seriesValues, timeAt } from '@nt/data';
import type { SeriesForecast } from '@nt/forecast';

/** A line of a plot. NaN values are gaps. */
export interface PlotLine {
  readonly name: string;
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** An interval of a plot. */
export interface PlotBand {
  readonly name: string;
  readonly times: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** The end of a series, three horizons of it but at most 400 time steps, and what comes next. */
export function plotLines(
  set: SeriesSet,
  series: number,
  forecast: SeriesForecast,
): { history: PlotLine; ahead: PlotLine; bands: readonly PlotBand[] } {
  const horizon = forecast.values.length;
  const length = set.lengths[series]!;
  const count = Math.min(length, Math.max(3 * horizon, 60), 400);
  const steps = Array.from({ length: count }, (_, i) => length - count + i);
  const values = seriesValues(set, series);
  // The forecast's line begins at the last known point, so that the eye follows.
  const last = length - 1;
  return {
    history: {
      name: set.target,
      times: steps.map((step) => timeAt(set, series, step)),
      values: steps.map((step) => values[step]!),
    },
    ahead: {
      name: 'forecast',
      times: [timeAt(set, series, last), ...forecast.times],
      values: [values[last]!, ...forecast.values],
    },
    bands: forecast.intervals.map(({ level, lower, upper }) => ({
      name: `${level} %`,
      times: [timeAt(set, series, last), ...forecast.times],
      lower: [values[last]!, ...lower],
      upper: [values[last]!, ...upper],
    })),
  };
}
