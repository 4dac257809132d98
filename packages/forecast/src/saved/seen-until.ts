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

/** Up to when weights learnt from each series: the end of its training part; series that have none are left out. */
export function trainedUntil(set: SeriesSet, { train: { starts, ends } }: TimeSplit): SeenUntil {
  const learnt = [...set.ids.entries()].filter(([series]) => ends[series]! > starts[series]!);
  return Object.fromEntries(learnt.map(([series, id]) => [id, timeAt(set, series, ends[series]!)]));
}

/** What several know of each series together: the later of their times. */
export function laterOf(all: readonly SeenUntil[]): SeenUntil {
  const until = new Map<string, number>();
  for (const seen of all) {
    for (const [id, time] of Object.entries(seen)) until.set(id, Math.max(time, until.get(id) ?? -Infinity));
  }
  return Object.fromEntries(until);
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
