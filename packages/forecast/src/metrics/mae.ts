import { eachPair } from './each-pair.ts';

/** Mean absolute error, in the data's unit. Pairs whose actual value is NaN do not count; NaN when none counts. */
export function mae(actual: ArrayLike<number>, forecast: ArrayLike<number>): number {
  let total = 0;
  const count = eachPair(actual, forecast, (y, f) => {
    total += Math.abs(y - f);
  });
  return total / count;
}
