/**
 * The largest loss from a peak of compounded wealth, 0 … 1 (a fraction of the peak); 1 when all is lost, 0 for no returns.
 *
 * @param returns simple returns in time order, one for each period
 */
export function maxDrawdown(returns: ArrayLike<number>): number {
  let wealth = 1;
  let peak = 1;
  let worst = 0;
  for (let i = 0; i < returns.length; i++) {
    // A loss beyond everything (a short position in a price that doubles) leaves nothing to go on with.
    wealth *= Math.max(0, 1 + returns[i]!);
    peak = Math.max(peak, wealth);
    worst = Math.max(worst, 1 - wealth / peak);
  }
  return worst;
}
