import { badOption } from '../check-options.ts';
import type { SeriesSet } from '../series/series-set.ts';

/** Throws `data/bad-option` unless `ranges` are steps of each series of a set. */
export function checkRanges(owner: string, set: SeriesSet, ranges: unknown): void {
  const { starts, ends } = (typeof ranges === 'object' && ranges !== null ? ranges : {}) as Record<string, unknown>;
  const count = set.ids.length;
  const isList = (value: unknown) =>
    typeof value === 'object' && value !== null && (value as ArrayLike<number>).length === count;
  if (isList(starts) && isList(ends)) return;
  const found = (ends as ArrayLike<number> | undefined)?.length;
  throw badOption(owner, 'ranges', `a part of a split of this set (${count} series)`, found ?? ranges);
}
