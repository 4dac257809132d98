import { checkKeys, checkWhole } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import { checkSet } from '../series/check-set.ts';
import { type SeriesSet, timeAt, writeTime } from '../series/series-set.ts';
import type { Windows } from './indexed-windows.ts';

/**
 * One window per series whose targets lie just behind its last value (mask 0): what a forecast starts from. Short
 * series are padded on the left.
 *
 * @throws DataError `data/future-covariates` when a series lacks covariates known ahead for the horizon
 */
export function forecastWindows(
  set: SeriesSet,
  options: { readonly inputSize: number; readonly horizon: number },
): Windows {
  checkSet('forecastWindows', set);
  checkKeys('forecastWindows', options, ['inputSize', 'horizon']);
  const { inputSize, horizon } = options;
  checkWhole('forecastWindows', 'inputSize', inputSize, 1);
  checkWhole('forecastWindows', 'horizon', horizon, 1);
  if (set.future !== null) checkFuture(set, horizon);
  return {
    set,
    inputSize,
    horizon,
    count: set.ids.length,
    bounds: Float64Array.from({ length: set.ids.length + 1 }, (_, series) => series),
    weights: null,
    targetEnds: null,
    locate: (series) => ({ series, origin: set.lengths[series]! }),
  };
}

function checkFuture(set: SeriesSet, horizon: number): void {
  for (let series = 0; series < set.ids.length; series++) {
    const length = set.lengths[series]!;
    const ahead = set.offsets[series + 1]! - set.offsets[series]! - length;
    if (ahead >= horizon) continue;
    const first = writeTime(set, timeAt(set, series, length + ahead));
    const message = `future covariates: series '${set.ids[series]}' lacks ${horizon - ahead} of ${horizon} steps, first ${first}; add rows with the known covariates and an empty target.`;
    throw new DataError('data/future-covariates', message, {
      series: set.ids[series]!,
      time: first,
      count: horizon - ahead,
    });
  }
}
