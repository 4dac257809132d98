import type { StepRanges, TimeSplit } from '@nt/data';
import { ForecastError } from '../forecast-error.ts';

/** Whether the targets of at least one window fit into the ranges of a part. */
export function holdsWindow({ starts, ends }: StepRanges, horizon: number): boolean {
  return starts.some((start, series) => ends[series]! - start >= horizon);
}

/**
 * A part that was asked for must be usable: a validation part without a window would silently turn validation off.
 *
 * @throws ForecastError `forecast/no-windows`
 */
export function checkParts(
  split: TimeSplit,
  asked: Readonly<Record<'validation' | 'test', number | string>>,
  horizon: number,
): void {
  for (const part of ['validation', 'test'] as const) {
    if (asked[part] === 0 || holdsWindow(split[part], horizon)) continue;
    const { starts, ends } = split[part];
    const longest = ends.reduce((most, end, series) => Math.max(most, end - starts[series]!), 0);
    throw new ForecastError(
      'forecast/no-windows',
      `The ${part} part (${asked[part]}) has at most ${longest} time steps in a series; a window needs ${horizon} (the horizon). Make it larger, or 0 to do without it, or use a smaller horizon.`,
      { part, longest, horizon },
    );
  }
}
