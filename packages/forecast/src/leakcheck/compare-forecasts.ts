import { type SeriesSet, timeAt, type Windows, writeTime } from '@nt/data';
import type { Place } from '../evaluate/forecast-table.ts';
import type { WindowForecasts } from '../predict/window-forecasts.ts';
import type { Predictor } from '../predictor.ts';
import type { LeakDifference } from './leak-report.ts';

/** The last origins of each series at which nothing from the cut on may be known: those up to the cut. */
export function placesBefore(set: SeriesSet, cuts: ArrayLike<number>, count: number): readonly Place[] {
  return set.ids.flatMap((_, series) => {
    const first = Math.max(1, cuts[series]! - count + 1);
    const length = Math.max(0, cuts[series]! - first + 1);
    return Array.from({ length }, (_unused, i) => ({ series, origin: first + i }));
  });
}

/** Forecasts at some places of a set, with the quantiles that the predictor tells of. */
export async function forecastsAt(
  predictor: Predictor,
  set: SeriesSet,
  places: readonly Place[],
): Promise<WindowForecasts & { readonly levels: readonly number[] }> {
  const bounds = Float64Array.from({ length: set.ids.length + 1 }, (_, series) => {
    return places.filter((place) => place.series < series).length;
  });
  const { horizon } = predictor;
  const locate = (window: number): Place => places[window]!;
  const shape = { inputSize: 1, horizon, count: places.length, bounds, weights: null, targetEnds: null };
  const windows: Windows = { set, ...shape, locate };
  const levels = predictor.quantiles === 'any' ? [0.1, 0.5, 0.9] : predictor.quantiles;
  return { ...(await predictor.predictWindows(windows, levels)), levels };
}

/** Where forecasts differ in a bit. */
export function differencesBetween(
  one: Awaited<ReturnType<typeof forecastsAt>>,
  other: WindowForecasts,
  { set, places, horizon, future }: { set: SeriesSet; places: readonly Place[]; horizon: number; future: string },
): LeakDifference[] {
  const columns: [string, Float64Array, Float64Array | undefined][] = [
    ['forecast', one.point, other.point],
    ...one.quantiles.map((values, i): (typeof columns)[0] => [`quantile ${one.levels[i]}`, values, other.quantiles[i]]),
  ];
  return columns.flatMap(([what, before, after]) =>
    Array.from(before.keys())
      .filter((i) => !Object.is(before[i], after?.[i]))
      .map((i) => {
        const { series, origin } = places[Math.floor(i / horizon)]!;
        const time = writeTime(set, timeAt(set, series, origin + (i % horizon)));
        return { future, what, series: set.ids[series]!, time, was: before[i]!, is: after?.[i] ?? Number.NaN };
      }),
  );
}
