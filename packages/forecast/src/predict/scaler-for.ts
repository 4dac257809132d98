import type { Scaler, Windows } from '@nt/data';

/**
 * The scaler for the series of some windows: those that it was not fitted to are scaled by their own rows before their
 * first window, so that no forecast sees what comes.
 */
export function scalerFor(scaler: Scaler, windows: Windows): Scaler {
  const { set, bounds } = windows;
  const ends = set.ids.map((_, series) => {
    const first = bounds[series]!;
    return first < bounds[series + 1]! ? windows.locate(first).origin : set.lengths[series]!;
  });
  return scaler.extend(set, { ranges: { starts: new Float64Array(ends.length), ends: Float64Array.from(ends) } });
}
