/**
 * The standard normal distribution's upper tail, P(Z > x): accurate to about 1e-14 of its value down to 1e-300.
 *
 * Source: Abramowitz & Stegun 26.2.11 (series) and 26.2.14 (continued fraction, evaluated from its end).
 */
function upperTail(x: number): number {
  if (x < 0) return 1 - upperTail(-x);
  if (x < 2) return 0.5 - density(x) * seriesOf(x);
  // Converges the faster the larger x is: 200 terms are enough from 2 on, 40 from 6 on.
  let fraction = 0;
  for (let k = x < 6 ? 200 : 40; k >= 1; k--) fraction = k / (x + fraction);
  return density(x) / (x + fraction);
}

/** x + x³/3 + x⁵/(3·5) + …: all terms have one sign, so nothing cancels. */
function seriesOf(x: number): number {
  let sum = x;
  let term = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return sum;
}

function density(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/** P(Z ≤ x) of the standard normal distribution. */
export function normalCdf(x: number): number {
  return upperTail(-x);
}

/**
 * The x with P(Z ≤ x) = p: −Infinity for 0, Infinity for 1, NaN outside.
 *
 * A rational guess (Abramowitz & Stegun 26.2.23, within 5e-4), then three of Halley's steps, each of which cubes the error.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  let x = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 3; step++) {
    const error = (upperTail(x) - p) / density(x);
    x += error / (1 + 0.5 * x * error);
  }
  return -x;
}
