import { type SeriesSet, seriesFromArrays } from '@nt/data';
import { normalQuantile } from '../src/statistics/index.ts';

/** Normal numbers of a small congruential generator: nothing licensed, the same everywhere. */
function* normals(seed: number): Generator<number> {
  let state = (seed * 2654435761) >>> 0;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield normalQuantile((state + 0.5) / 2 ** 32);
  }
}

/** Steps that nothing tells of. */
export function randomWalk(seed: number, length = 1200): SeriesSet {
  const noise = normals(seed);
  let level = 100;
  const values = Array.from({ length }, () => {
    level += noise.next().value as number;
    return level;
  });
  return seriesFromArrays([{ id: 'walk', values }]);
}

/** A week of days with noise: what a season ago was holds half of the noise that need not be there. */
export function seasonalSeries(seed: number, length = 600): SeriesSet {
  const noise = normals(seed);
  const values = Array.from(
    { length },
    (_, t) => 10 + 3 * Math.sin((2 * Math.PI * t) / 7) + (noise.next().value as number),
  );
  return seriesFromArrays([{ id: 'weekly', values, start: '2020-01-01' }], { frequency: 'day' });
}
