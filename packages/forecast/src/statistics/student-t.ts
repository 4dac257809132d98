import { incompleteBeta } from './incomplete-beta.ts';
import { normalCdf, normalQuantile } from './normal.ts';

/** P(T ≤ x) of Student's t distribution; `degrees` > 0, Infinity = the standard normal distribution. */
export function studentTCdf(x: number, degrees: number): number {
  if (!(degrees > 0) || Number.isNaN(x)) return Number.NaN;
  if (degrees === Infinity) return normalCdf(x);
  if (Math.abs(x) === Infinity) return x > 0 ? 1 : 0;
  const total = degrees + x * x;
  const tail = incompleteBeta(degrees / total, degrees / 2, 0.5, (x * x) / total) / 2;
  return x > 0 ? 1 - tail : tail;
}

/**
 * The x with P(T ≤ x) = p: −Infinity for 0, Infinity for 1, NaN outside. Bisection between bounds that are doubled until
 * they hold the answer: slow and sure, as a test asks for a few quantiles only.
 */
export function studentTQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1) || !(degrees > 0)) return Number.NaN;
  if (degrees === Infinity) return normalQuantile(p);
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentTQuantile(1 - p, degrees);
  let low = -1;
  while (studentTCdf(low, degrees) > p && low > -1e300) low *= 2;
  let high = low === -1 ? 0 : low / 2;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (studentTCdf(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
