import { type SeriesSet, seriesFromArrays } from '@nt/data';

/** A weekly pattern and noise that doubles half way. */
export function noisySeries(length: number): SeriesSet {
  let seed = 1;
  const noise = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32 - 0.5;
  };
  const values = Array.from(
    { length },
    (_, t) => 10 + 3 * Math.sin((2 * Math.PI * t) / 7) + noise() * (t < length / 2 ? 1 : 2),
  );
  return seriesFromArrays([{ id: 'n', values, start: '2024-01-01' }], { frequency: 'day' });
}
