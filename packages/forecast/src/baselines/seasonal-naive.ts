/**
 * Repeats the last observed season; with a season of 1 it is the naive forecast (the last value). A missing value of the
 * last season is taken from the season before it, and so on.
 *
 * @param history values before the forecast, oldest first, NaN where missing
 * @returns `[horizon]`; NaN where the history holds no value of that phase
 */
export function seasonalNaive(history: ArrayLike<number>, horizon: number, seasonLength: number): Float64Array {
  return Float64Array.from({ length: horizon }, (_, step) => {
    let at = history.length - seasonLength + (step % seasonLength);
    while (at >= 0 && Number.isNaN(history[at]!)) at -= seasonLength;
    return at >= 0 ? history[at]! : Number.NaN;
  });
}
