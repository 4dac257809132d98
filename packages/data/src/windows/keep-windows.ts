import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { StepRanges } from '../split/split-by-time.ts';
import type { Windows } from './indexed-windows.ts';

/** Leaves out windows with a target in one of some ranges; only splits with an embargo pay for the list. */
export function keepOutside(all: Windows, except: readonly StepRanges[]): Windows {
  const kept: number[] = [];
  for (let window = 0; window < all.count; window++) {
    const { series, origin } = all.locate(window);
    const end = Math.min(origin + all.horizon, targetEndOf(all, series));
    const isInside = ({ starts, ends }: StepRanges): boolean =>
      starts[series]! < ends[series]! && origin < ends[series]! && end > starts[series]!;
    if (!except.some(isInside)) kept.push(window);
  }
  if (kept.length > 0) return keepOnly(all, kept);
  const message = `the ranges of 'except' leave none of ${all.count} windows; make them (the embargo of a backtest) smaller.`;
  throw new DataError('data/too-short', message, { count: 0 });
}

/**
 * Leaves out windows with too little to see or to learn from; only sets with missing values, and windows that reach out
 * of their series or range, pay for the list.
 */
export function keepAvailable(all: Windows, least: { readonly input?: number; readonly target?: number }): Windows {
  const { set, inputSize, horizon } = all;
  const available = countAvailable(set.available);
  const neededInput = (least.input ?? 0) * inputSize;
  const neededTarget = Math.max(1, (least.target ?? 0) * horizon);
  const kept: number[] = [];
  for (let window = 0; window < all.count; window++) {
    const { series, origin } = all.locate(window);
    const row = set.offsets[series]! + origin;
    const target = available(row, row + Math.min(horizon, targetEndOf(all, series) - origin));
    const input = available(row - Math.min(inputSize, origin), row);
    if (target >= neededTarget && input >= neededInput) kept.push(window);
  }
  if (kept.length === 0) {
    throw new DataError(
      'data/too-short',
      `none of ${all.count} windows has enough available steps; lower minimumAvailability, or pass ${remedy('missing', 'linear')}.`,
      { count: 0 },
    );
  }
  return keepOnly(all, kept);
}

/** How many of some rows hold a value. */
function countAvailable(available: Uint8Array | null): (start: number, end: number) => number {
  if (available === null) return (start, end) => end - start;
  const sums = new Float64Array(available.length + 1);
  for (let row = 0; row < available.length; row++) sums[row + 1] = sums[row]! + available[row]!;
  return (start, end) => sums[end]! - sums[start]!;
}

/** The step behind the last that may be a target. */
const targetEndOf = ({ set, targetEnds }: Windows, series: number): number =>
  Math.min(set.lengths[series]!, targetEnds?.[series] ?? Infinity);

/** Some of the windows, by ascending number. */
function keepOnly(all: Windows, kept: readonly number[]): Windows {
  if (kept.length === all.count) return all;
  const numbers = Float64Array.from(kept);
  const bounds = all.bounds.map((bound) => countBelow(numbers, bound));
  return { ...all, count: numbers.length, bounds, locate: (window) => all.locate(numbers[window]!) };
}

/** How many of some ascending numbers are below a bound. */
function countBelow(numbers: Float64Array, bound: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
