import type { Score } from './scored-windows.ts';

/** What a member is, and what validation said of it. */
export interface MemberReport {
  /** `nhits 168`, `nhits 168 + ridge 336`, `ridge`, `naive` … */
  readonly name: string;
  readonly kind: 'network' | 'ridge' | 'naive';
  /** Time steps that it looks back; null for rules. For a ridge those that were averaged. */
  readonly lookback: number | readonly number[] | null;
  /** Share of the blend, 0 … 1. */
  readonly weight: number;
  /** Errors on the validation windows, each series in units of its deviation in the training part. */
  readonly validation: Score;
  /** Updates that were made, and those behind the weights that are kept; null for what has none. */
  readonly updates: number | null;
  readonly bestUpdate: number | null;
  readonly seconds: number;
}

/** What became of a member that was fitted again on training and validation part. */
export interface RefitReport {
  readonly name: string;
  /** Null for a ridge. */
  readonly updates: number | null;
  readonly seconds: number;
}
