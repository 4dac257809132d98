import { badArgument, checkKeys, checkLength } from '../check-arguments.ts';

/** Which values a metric counts, and how much. Every metric takes them. */
export interface MetricOptions {
  /** one for each actual value: 0 or false = does not count, whatever stands there; default: all count */
  readonly mask?: ArrayLike<number | boolean> | undefined;
  /** one for each actual value, ≥ 0, of any scale (only their ratios matter); 0 = does not count; default: all 1 */
  readonly weights?: ArrayLike<number> | undefined;
}

/** @throws ForecastError `forecast/option` when lengths differ, `forecast/unknown-option` for a key that is not known */
export function checkMetric(
  owner: string,
  actual: ArrayLike<number>,
  beside: Readonly<Record<string, ArrayLike<unknown> | undefined>>,
  options: MetricOptions,
  known: readonly string[] = [],
): void {
  checkKeys(owner, options, ['mask', 'weights', ...known]);
  const { mask = actual, weights = actual } = options;
  for (const [name, array] of Object.entries({ ...beside, mask, weights })) {
    checkLength(owner, name, array, actual.length, 'as many as actual values');
  }
}

/**
 * Visits the values that count: known (not NaN), not masked, of a weight above 0.
 *
 * @returns the sum of their weights, which is their number without weights
 * @throws ForecastError `forecast/option` for a weight that is negative, NaN or infinite
 */
export function eachActual(
  actual: ArrayLike<number>,
  { mask, weights }: MetricOptions,
  visit: (actual: number, index: number, weight: number) => void,
): number {
  let total = 0;
  for (let i = 0; i < actual.length; i++) {
    const weight = weights ? weights[i]! : 1;
    if (!(weight >= 0 && weight < Infinity)) {
      throw badArgument(`weights: expected numbers >= 0, got ${weight} at index ${i}.`, { index: i, received: weight });
    }
    if (weight === 0 || (mask && !mask[i]) || Number.isNaN(actual[i]!)) continue;
    visit(actual[i]!, i, weight);
    total += weight;
  }
  return total;
}

/** Weighted mean of `termOf` over the values that count; NaN when none does. */
export function meanOver(
  actual: ArrayLike<number>,
  options: MetricOptions,
  termOf: (actual: number, index: number) => number,
): number {
  let sum = 0;
  const total = eachActual(actual, options, (y, i, weight) => {
    sum += weight * termOf(y, i);
  });
  return sum / total;
}
