import { type SeriesSet, timeAt } from './series-set.ts';

/** The first observed step of a series whose time is not before `time` (ms since the epoch); its length when all are. */
export function stepAtTime(set: SeriesSet, series: number, time: number): number {
  let low = 0;
  let high = set.lengths[series]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeAt(set, series, middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
