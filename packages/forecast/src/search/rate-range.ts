import type { LearningRateSuggestion } from '@nt/trainer';

/** What a range test said: JSON. */
export interface TestedRates {
  /** The rate at which the loss fell fastest; null when it never fell. */
  readonly suggestion: number | null;
  /** Between which rates is searched; null: the rate is not searched. */
  readonly range: { readonly min: number; readonly max: number; readonly scale: 'log' } | null;
}

/** How far around the suggestion, as a factor. */
const around = 10;

/**
 * A decade below the rate at which the loss fell fastest, and above it up to where it was least, at most a decade too. In
 * two digits: a search names its space.
 */
export function ratesOf({ suggestion, points }: LearningRateSuggestion): TestedRates {
  if (suggestion === null) return { suggestion, range: null };
  const least = points.reduce((best, point) => (point.smoothedLoss < best.smoothedLoss ? point : best));
  const short = (rate: number): number => Number(rate.toPrecision(2));
  const max = Math.min(Math.max(least.learningRate, suggestion), around * suggestion);
  return { suggestion, range: { min: short(suggestion / around), max: short(max), scale: 'log' } };
}
