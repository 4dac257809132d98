import type { Predictor } from '../predictor.ts';
import type { MemberReport } from './member-report.ts';

/** A member that was fitted. */
export interface FittedMember {
  readonly predictor: Predictor;
  readonly lookback: MemberReport['lookback'];
  readonly updates: number | null;
  readonly bestUpdate: number | null;
  /** Fits it once more, as validation chose it, on training and validation part together; absent of rules. */
  readonly refit?: (() => Promise<Refit>) | undefined;
}

/** A member that was fitted again. */
export interface Refit {
  readonly predictor: Predictor;
  /** Null for what has none. */
  readonly updates: number | null;
}
