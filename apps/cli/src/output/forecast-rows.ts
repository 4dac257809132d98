import { type SeriesSet, writeTime } from '@nt/data';
import type { Forecast } from '@nt/forecast';
import { quantileColumns } from './quantile-columns.ts';
import { targetColumn } from './target-column.ts';

/** A forecast as a table, in neuralforecast's long format. */
export interface ForecastRows {
  /** Of each row. */
  readonly ids: readonly string[];
  /** Milliseconds since the epoch; without a time column the number of the row, from 1. */
  readonly times: readonly number[];
  /** As the source writes them. */
  readonly timeTexts: readonly string[];
  readonly hasTimes: boolean;
  /** The target, then its quantiles, in the data's unit. */
  readonly columns: readonly { readonly name: string; readonly values: Float64Array }[];
}

/** Every row of a forecast, series by series. */
export function forecastRows(forecast: Forecast, set: SeriesSet, asIntervals: boolean): ForecastRows {
  const quantiles = quantileColumns(forecast, asIntervals);
  const target = targetColumn(set.target);
  const { series } = forecast;
  const hasTimes = set.frequency.unit !== 'row';
  const times = series.flatMap((one) => one.times);
  const joined = (parts: readonly Float64Array[]): Float64Array =>
    Float64Array.from(parts.flatMap((part) => [...part]));
  return {
    ids: series.flatMap(({ id, times: own }) => own.map(() => id)),
    times: hasTimes ? times : times.map((time) => time + 1),
    timeTexts: times.map((time) => writeTime(set, time)),
    hasTimes,
    columns: [
      { name: target, values: joined(series.map(({ values }) => values)) },
      ...quantiles.map(({ suffix, quantile }) => ({
        name: `${target}${suffix}`,
        values: joined(series.map((one) => one.quantiles[quantile]!)),
      })),
    ],
  };
}
