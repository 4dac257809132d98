import { seriesValues } from '@nt/data';
import { maseScale, rmsseScale } from '../metrics/mase-scale.ts';
import type { ForecastTable } from './forecast-table.ts';

/** The denominators of MASE and RMSSE of one series. */
export interface SeriesScale {
  readonly mase: number;
  readonly rmsse: number;
}

/** Of each series that holds a window, from its values before its first forecast. */
export function seriesScales({ set, places }: ForecastTable, seasonLength: number): ReadonlyMap<number, SeriesScale> {
  const firstOrigins = new Map<number, number>();
  for (const { series, origin } of places) {
    firstOrigins.set(series, Math.min(origin, firstOrigins.get(series) ?? Infinity));
  }
  return new Map(
    [...firstOrigins].map(([series, origin]) => {
      const before = seriesValues(set, series).subarray(0, origin);
      return [series, { mase: maseScale(before, seasonLength), rmsse: rmsseScale(before, seasonLength) }];
    }),
  );
}
