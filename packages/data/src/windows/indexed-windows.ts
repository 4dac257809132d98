import type { SeriesSet } from '../series/series-set.ts';

/** Windows by number, computed when asked for: `count` and `locate` need memory per series, not per window. */
export interface Windows {
  readonly set: SeriesSet;
  readonly inputSize: number;
  readonly horizon: number;
  readonly count: number;
  /** `[series + 1]` number of the first window of each series. */
  readonly bounds: Float64Array;
  readonly weights: Float32Array | null;
  /** `[series]` step at which targets end, which is before the last value: those behind it are masked; null = nowhere. */
  readonly targetEnds: Float64Array | null;
  /** Series of a window and its origin: the step of its first target. */
  locate(window: number): { readonly series: number; readonly origin: number };
}
