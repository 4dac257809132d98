import { type Forecast, intervalsOf } from '@nt/forecast';

/** A column of a forecast beside the point: a quantile, or an end of an interval. */
export interface QuantileColumn {
  /** What stands behind the target's name: `-lo-80`, `-hi-80`, `_ql0.3`. */
  readonly suffix: string;
  /** Which of the forecast's quantiles it is. */
  readonly quantile: number;
}

/**
 * The columns, in ascending order, as neuralforecast names them: `-lo-80` and `-hi-80` for two quantiles that make an
 * interval, `_ql0.3` for one alone. The median is the point forecast, which has its column.
 */
export function quantileColumns({ quantiles }: Pick<Forecast, 'quantiles'>, asIntervals: boolean): QuantileColumn[] {
  const places = quantiles.map((_, place) => Float64Array.of(place));
  const ends = new Map<number, string>();
  for (const { level, lower, upper } of asIntervals ? intervalsOf(quantiles, places) : []) {
    ends.set(lower[0]!, `-lo-${level}`);
    ends.set(upper[0]!, `-hi-${level}`);
  }
  return quantiles.flatMap((value, quantile) => {
    if (asIntervals && value === 0.5) return [];
    return [{ suffix: ends.get(quantile) ?? `_ql${value}`, quantile }];
  });
}
