import { eachPair } from './each-pair.ts';

/** Root mean squared error, in the data's unit. Pairs whose actual value is NaN do not count; NaN when none counts. */
export function rmse(actual: ArrayLike<number>, forecast: ArrayLike<number>): number {
  let total = 0;
  const count = eachPair(actual, forecast, (y, f) => {
    total += (y - f) ** 2;
  });
  return Math.sqrt(total / count);
}
