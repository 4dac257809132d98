/** Time steps that the networks of a pool look back, ascending and different. */
export type Lookbacks = readonly number[];

/**
 * Small, middle and large: the small one spans two seasons and half of the horizon, the large one is the ridge's, the
 * middle one lies between them on a scale of ratios.
 *
 * @param season time steps of the short season
 * @param large time steps
 */
export function lookbacksOf(horizon: number, season: number, large: number): Lookbacks {
  const whole = (steps: number): number => Math.ceil(steps / season - 1e-9) * season;
  const small = Math.min(large, Math.max(2 * season, whole(horizon / 2)));
  const middle = Math.min(large, whole(Math.sqrt(small * large)));
  return [...new Set([small, middle, large])];
}
