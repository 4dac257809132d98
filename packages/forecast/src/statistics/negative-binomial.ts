import { incompleteBeta } from './incomplete-beta.ts';

/**
 * P(K ≤ k) of the negative binomial distribution with mean μ and variance μ + α μ², for whole numbers k.
 *
 * @param mean μ > 0
 * @param dispersion α > 0
 */
export function negativeBinomialCdf(k: number, mean: number, dispersion: number): number {
  if (k < 0) return 0;
  const product = dispersion * mean;
  return incompleteBeta(1 / (1 + product), 1 / dispersion, Math.floor(k) + 1, product / (1 + product));
}

/** The least whole number k with P(K ≤ k) ≥ p, by bisection between bounds that are doubled until they hold it. */
export function negativeBinomialQuantile(p: number, mean: number, dispersion: number): number {
  if (negativeBinomialCdf(0, mean, dispersion) >= p) return 0;
  let [low, high] = [0, Math.max(1, Math.ceil(mean))];
  while (negativeBinomialCdf(high, mean, dispersion) < p) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (negativeBinomialCdf(middle, mean, dispersion) < p) low = middle;
    else high = middle;
  }
  return high;
}
