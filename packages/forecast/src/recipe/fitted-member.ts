import type { Predictor } from '../predictor.ts';
import type { MemberReport } from './member-report.ts';

/** A member that was fitted. */
export interface FittedMember {
  readonly predictor: Predictor;
  readonly lookback: MemberReport['lookback'];
  readonly updates: number | null;
  readonly bestUpdate: number | null;
}
