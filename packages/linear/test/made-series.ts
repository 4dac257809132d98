import { type SeriesInput, type SeriesSet, seriesFromArrays, splitByTime, type TimeSplit } from '@nt/data';

/** Numbers in [−0.5, 0.5) that are the same in every run. */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296 - 0.5;
  };
}

/** A day and a week in hours, with noise. */
export function hourly(length: number, seed = 1): Float64Array {
  const random = noise(seed);
  return Float64Array.from(
    { length },
    (_, t) => 20 + 5 * Math.sin((2 * Math.PI * t) / 24) + 2 * Math.sin((2 * Math.PI * t) / 168 + seed) + random(),
  );
}

/** Hourly series by name. */
export function setOf(series: readonly Omit<SeriesInput, 'start'>[]): SeriesSet {
  const start = '2024-01-01T00:00:00Z';
  return seriesFromArrays(
    series.map((one) => ({ start, ...one })),
    { frequency: '1h' },
  );
}

/** 70 / 15 / 15. */
export const partsOf = (set: SeriesSet): TimeSplit => splitByTime(set, { validation: 0.15, test: 0.15 });
