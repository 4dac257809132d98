/** Origins on a regular grid of steps. */
export interface Grid {
  /** Time steps between neighbouring places of the grid. */
  readonly stride: number;
  /** `[origins]` the place of each, from 0; places between folds are empty. */
  readonly places: readonly number[];
  /** Places from the first to the last origin. */
  readonly size: number;
}

/**
 * Puts ascending origins on the coarsest grid that holds all of them, so that methods which count lags or blocks in
 * origins keep their length in time where origins are missing: between the folds of a backtest.
 */
export function gridOf(origins: readonly number[]): Grid {
  const [first = 0] = origins;
  const stride = origins.reduce((divisor, origin) => greatestDivisor(origin - first, divisor), 0) || 1;
  const places = origins.map((origin) => (origin - first) / stride);
  return { stride, places, size: (places.at(-1) ?? -1) + 1 };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
