import { type SeriesSet, type StepRanges, type TimeSplit, timeAt } from '@nt/data';

/** Up to when (exclusive, ms since the epoch) a model knows each series: its training and validation parts. */
export type SeenUntil = Readonly<Record<string, number>>;

/** The first time step of each series that the split kept back for testing (or the one after its end). */
export function seenUntil(set: SeriesSet, split: TimeSplit): SeenUntil {
  return Object.fromEntries(
    set.ids.map((id, series) => {
      const start = split.test.starts[series]!;
      const end = split.test.ends[series]!;
      return [id, timeAt(set, series, start < end ? start : set.lengths[series]!)];
    }),
  );
}

/** The steps of each series that a model has not seen; all steps of a series that it does not know. */
export function unseenRanges(set: SeriesSet, seen: SeenUntil): StepRanges {
  const starts = set.ids.map((id, series) => {
    const until = seen[id];
    return until === undefined ? 0 : firstStepAt(set, series, until);
  });
  return { starts: Float64Array.from(starts), ends: Float64Array.from(set.lengths) };
}

/** The first step of a series whose time is not before `time`, by bisection. */
function firstStepAt(set: SeriesSet, series: number, time: number): number {
  let low = 0;
  let high = set.lengths[series]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeAt(set, series, middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
