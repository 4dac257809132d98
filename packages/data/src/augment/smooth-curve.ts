import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { gaussian } from '../random/gaussian.ts';

/**
 * A smooth random curve of `length` points around 1: `knots + 2` normal numbers, joined by a natural-looking cubic
 * (Catmull & Rom 1974, which needs no system of equations).
 */
export function smoothCurve(length: number, knots: number, sigma: number, random: RandomGenerator): Float64Array {
  const heights = Float64Array.from({ length: knots + 2 }, () => 1 + sigma * gaussian(random));
  const at = (index: number) => heights[Math.min(Math.max(index, 0), heights.length - 1)]!;
  return Float64Array.from({ length }, (_, step) => {
    const place = (step / Math.max(1, length - 1)) * (heights.length - 1);
    const left = Math.min(Math.floor(place), heights.length - 2);
    const t = place - left;
    const [a, b, c, d] = [at(left - 1), at(left), at(left + 1), at(left + 2)];
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  });
}
