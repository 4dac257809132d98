import type { SeriesSet } from '@nt/data';
import type { LagRun } from '../moments/lag-moments.ts';

/** Which windows of a series are meant. */
export interface OriginRange {
  /** Steps `[start, end)` in which targets lie. */
  readonly start: number;
  readonly end: number;
  readonly horizon: number;
  /** Steps that must lie before an origin. */
  readonly lookback: number;
  /** Whether these must lie in the range as well. */
  readonly strict: boolean;
  /** Least share of the target steps, and of the look-back, that must have a value. */
  readonly minimumAvailability: number;
}

/** The windows of a series as runs of neighbouring origins; a window of which too little is known breaks a run. */
export function originRuns(set: SeriesSet, series: number, range: OriginRange): LagRun[] {
  const { horizon, lookback, minimumAvailability, strict } = range;
  const first = strict ? range.start + lookback : Math.max(range.start, lookback);
  const end = Math.min(range.end, set.lengths[series]!) - horizon + 1;
  if (end <= first) return [];
  const { available } = set;
  if (available === null) return [{ first, end }];
  const row = set.offsets[series]!;
  const countIn = (from: number, to: number): number => {
    let known = 0;
    for (let step = Math.max(0, from); step < to; step++) known += available[row + step]!;
    return known;
  };
  const runs: { first: number; end: number }[] = [];
  let targets = countIn(first, first + horizon);
  let inputs = countIn(first - lookback, first);
  for (let origin = first; origin < end; origin++) {
    const open = runs.at(-1);
    const isKnown = targets > 0 && targets >= minimumAvailability * horizon && inputs >= minimumAvailability * lookback;
    if (isKnown && open?.end === origin) open.end += 1;
    else if (isKnown) runs.push({ first: origin, end: origin + 1 });
    const now = available[row + origin]!;
    targets += (origin + 1 < end ? available[row + origin + horizon]! : 0) - now;
    inputs += now - (available[row + origin - lookback] ?? 0);
  }
  return runs;
}

/** Windows in runs. */
export const countWindows = (runs: readonly LagRun[]): number =>
  runs.reduce((sum, run) => sum + run.end - run.first, 0);
