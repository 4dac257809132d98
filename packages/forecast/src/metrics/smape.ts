import { eachPair } from './each-pair.ts';

/**
 * Symmetric mean absolute percentage error in percent, M4's definition: mean of 200 |y − f| / (|y| + |f|), 0 where both
 * are 0. Nixtla's utilsforecast reports half of it. Pairs whose actual value is NaN do not count.
 */
export function smape(actual: ArrayLike<number>, forecast: ArrayLike<number>): number {
  let total = 0;
  const count = eachPair(actual, forecast, (y, f) => {
    const size = Math.abs(y) + Math.abs(f);
    total += size === 0 ? 0 : (200 * Math.abs(y - f)) / size;
  });
  return total / count;
}
