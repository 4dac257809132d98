import { badArgument } from '../check-arguments.ts';

/** How far apart the origins of forecasts lie, and how far each forecast reaches. */
export interface Spacing {
  /** time steps that one forecast (or one return) spans; default 1 */
  readonly horizon?: number | undefined;
  /** time steps from one origin to the next; default 1 */
  readonly stride?: number | undefined;
}

/**
 * How many origins in a row share time steps with one another: ⌈horizon ÷ stride⌉; 1 = nothing overlaps. Errors of an
 * optimal h-step forecast are correlated over that many origins (less one), and not beyond.
 */
export function overlapOf({ horizon = 1, stride = 1 }: Spacing): number {
  for (const [name, value] of Object.entries({ horizon, stride })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw badArgument(`${name}: expected an integer >= 1, got ${value}.`, { option: name, received: value });
  }
  return Math.ceil(horizon / stride);
}
