import { DataError } from '../data-error.ts';
import type { SeriesSet } from './series-set.ts';

/** Throws when a set is the outline of shards, whose values are on disk. */
export function requireValues(owner: string, set: SeriesSet): void {
  if (set.values.length >= set.offsets[set.ids.length]!) return;
  throw new DataError(
    'data/bad-option',
    `${owner}: the values of this set are in shards on disk; use shardBatches, which loads and scales them.`,
    { option: 'set' },
  );
}
