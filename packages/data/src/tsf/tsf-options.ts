import type { SeriesOptions } from '../series/series-options.ts';

/** Policies for a `.tsf` file; ids, times and frequency are its own. */
export type TsfOptions = Pick<SeriesOptions, 'missing' | 'nonFinite' | 'frequency' | 'name'>;

/** Options that a `.tsf` file leaves open: it has its own ids, times and frequency. */
export const tsfOptionKeys: readonly string[] = ['missing', 'nonFinite', 'frequency', 'name'];
