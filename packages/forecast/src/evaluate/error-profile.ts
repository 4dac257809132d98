import type { ForecastTable } from './forecast-table.ts';

/** Where the mean absolute error comes from. */
export interface ErrorProfile {
  /** `[horizon]`, by time step ahead. */
  readonly maeOfStep: readonly number[];
  /** By series, in the order of `series`. */
  readonly maeOfSeries: readonly number[];
}

/** Mean absolute errors by time step ahead and by series; NaN where nothing was observed. */
export function errorProfile(
  { horizon, places, actual }: ForecastTable,
  point: Float64Array,
  series: readonly number[],
): ErrorProfile {
  const ofStep = Array.from({ length: horizon }, () => ({ sum: 0, count: 0 }));
  const ofSeries = new Map(series.map((index) => [index, { sum: 0, count: 0 }]));
  places.forEach((place, window) => {
    const own = ofSeries.get(place.series)!;
    for (let step = 0; step < horizon; step++) {
      const i = window * horizon + step;
      if (Number.isNaN(actual[i]!)) continue;
      const error = Math.abs(actual[i]! - point[i]!);
      own.sum += error;
      own.count += 1;
      ofStep[step]!.sum += error;
      ofStep[step]!.count += 1;
    }
  });
  const mean = ({ sum, count }: { sum: number; count: number }): number => sum / count;
  return { maeOfStep: ofStep.map(mean), maeOfSeries: [...ofSeries.values()].map(mean) };
}
