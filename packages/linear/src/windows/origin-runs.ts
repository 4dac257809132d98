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
  /** Least share of target steps that must have a value. */
  readonly minimumAvailability: number;
}

/** The windows of a series as runs of neighbouring origins; a window with too few known targets breaks a run. */
export function originRuns(set: SeriesSet, series: number, range: OriginRange): LagRun[] {
  const { horizon, minimumAvailability } = range;
  const first = Math.max(range.start, range.lookback);
  const end = Math.min(range.end, set.lengths[series]!) - horizon + 1;
  if (end <= first) return [];
  if (set.available === null) return [{ first, end }];
  const row = set.offsets[series]!;
  const needed = Math.max(1, minimumAvailability * horizon);
  const runs: { first: number; end: number }[] = [];
  let known = 0;
  for (let step = first; step < first + horizon - 1; step++) known += set.available[row + step]!;
  for (let origin = first; origin < end; origin++) {
    known += set.available[row + origin + horizon - 1]!;
    const open = runs.at(-1);
    if (known >= needed) {
      if (open?.end === origin) open.end += 1;
      else runs.push({ first: origin, end: origin + 1 });
    }
    known -= set.available[row + origin]!;
  }
  return runs;
}

/** Windows in runs. */
export const countWindows = (runs: readonly LagRun[]): number =>
  runs.reduce((sum, run) => sum + run.end - run.first, 0);
