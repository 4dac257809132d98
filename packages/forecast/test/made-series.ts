import { type SeriesSet, seriesFromArrays } from '@nt/data';

/** Deterministic daily series with a weekly pattern: two of them, the second larger. Nothing random, nothing licensed. */
export function madeSeries(length = 160): SeriesSet {
  const series = (scale: number): number[] =>
    Array.from(
      { length },
      (_, t) => scale * (10 + 3 * Math.sin((2 * Math.PI * t) / 7) + 0.02 * t + 0.4 * Math.sin(t * 12.9898)),
    );
  return seriesFromArrays(
    [
      { id: 'a', values: series(1), start: '2024-01-01' },
      { id: 'b', values: series(50), start: '2024-01-01' },
    ],
    { frequency: 'day', target: 'y' },
  );
}
