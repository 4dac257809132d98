/** Calls `visit` for each pair of which the actual value is known; returns their number. */
export function eachPair(
  actual: ArrayLike<number>,
  forecast: ArrayLike<number>,
  visit: (actual: number, forecast: number) => void,
): number {
  if (actual.length !== forecast.length) {
    throw new RangeError(
      `A metric compares arrays of one length; got ${actual.length} actual values and ${forecast.length} forecasts.`,
    );
  }
  let count = 0;
  for (let i = 0; i < actual.length; i++) {
    if (Number.isNaN(actual[i]!)) continue;
    visit(actual[i]!, forecast[i]!);
    count += 1;
  }
  return count;
}
