import { type SeriesSet, seriesValues, writeTime } from '@nt/data';
import type { Forecast } from '@nt/forecast';
import { quantileColumns } from './quantile-columns.ts';
import { targetColumn } from './target-column.ts';

/**
 * The forecast as CSV: `unique_id,ds,<target>`, neuralforecast's long format, and a column for each quantile; the id column
 * only for several series.
 */
export function forecastCsv(forecast: Forecast, set: SeriesSet, asIntervals = true, separator = ','): string {
  const form = { asIntervals, separator, withId: set.ids.length > 1 };
  return `${csvHeader(forecast, set, form)}${csvRows(forecast, set, form)}`;
}

/** How a forecast is written as CSV. */
export interface CsvForm {
  readonly asIntervals: boolean;
  readonly separator: string;
  readonly withId: boolean;
}

/** The line of the names. */
export function csvHeader(forecast: Forecast, set: SeriesSet, { asIntervals, separator, withId }: CsvForm): string {
  const target = targetColumn(set.target);
  const suffixes = ['', ...quantileColumns(forecast, asIntervals).map(({ suffix }) => suffix)];
  const named = suffixes.map((suffix) => quoted(`${target}${suffix}`));
  return `${[...(withId ? ['unique_id'] : []), 'ds', ...named].join(separator)}\n`;
}

/** The lines of all series. */
export function csvRows(forecast: Forecast, set: SeriesSet, { asIntervals, separator, withId }: CsvForm): string {
  const columns = quantileColumns(forecast, asIntervals);
  const places = new Map(set.ids.map((id, series) => [id, series]));
  const rows = forecast.series.flatMap(({ id, times, values, quantiles }) => {
    const decimals = knownDecimals(seriesValues(set, places.get(id)!));
    const lines = [values, ...columns.map(({ quantile }) => quantiles[quantile]!)];
    return times.map((time, step) => {
      const numbers = lines.map((line) => digits(line[step]!, decimals));
      return `${[...(withId ? [quoted(id)] : []), quoted(writeTime(set, time)), ...numbers].join(separator)}\n`;
    });
  });
  return rows.join('');
}

/**
 * Decimals that a float32 network knows of a series: it computes in units of the spread of the values, to seven digits.
 * Their level says nothing: a meter near 48,210,400,000 that counts 500 an hour is known to a fraction.
 */
function knownDecimals(values: ArrayLike<number>): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let step = 0; step < values.length; step++) {
    const value = values[step]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most > least ? Math.max(Math.ceil(7 - Math.log10(most - least)), 0) : Number.POSITIVE_INFINITY;
}

/** At most 100 decimals can be asked for; a number that needs more, or is that of a constant series, is written as it is. */
const digits = (value: number, decimals: number): string =>
  String(decimals <= 100 ? Number(value.toFixed(decimals)) : value);

const quoted = (text: string): string => (/[",\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
