import { afterUpdate, type LossScaleState, type LossScalingOptions } from './loss-scale.ts';

/** What a policy remembers from update to update. */
export interface PolicyState {
  readonly lossScale: LossScaleState | null;
  readonly skippedUpdates: number;
  /** Skipped updates in a row. */
  readonly skippedInARow: number;
}

/** What the options say. */
export interface PolicyRules {
  readonly nanPolicy: 'stop' | 'skip' | 'error';
  readonly lossScaling: LossScalingOptions;
  /** Updates in a row that may be left out; the next one is an error. */
  readonly tolerated: number;
}

/** What becomes of an update: it happened, the loss scale was too high, it is left out, or the run is over. */
export type PolicyOutcome = 'applied' | 'scale-lowered' | 'left-out' | 'stop' | 'error';

/** The state after an update that was applied, or not because something in it is not finite, and what to do. Pure. */
export function afterPolicy(
  state: PolicyState,
  applied: boolean,
  { nanPolicy, lossScaling, tolerated }: PolicyRules,
): { readonly state: PolicyState; readonly outcome: PolicyOutcome } {
  const lossScale = state.lossScale && afterUpdate(state.lossScale, applied, lossScaling);
  if (applied) return { state: { ...state, lossScale, skippedInARow: 0 }, outcome: 'applied' };
  const skippedInARow = state.skippedInARow + 1;
  const next = { lossScale, skippedUpdates: state.skippedUpdates + 1, skippedInARow };
  return { state: next, outcome: outcomeOf() };

  function outcomeOf(): PolicyOutcome {
    // A gradient that overflows at a high scale says nothing about the data.
    if (state.lossScale && state.lossScale.scale > 1) return 'scale-lowered';
    if (nanPolicy === 'skip') return skippedInARow < tolerated ? 'left-out' : 'error';
    return nanPolicy;
  }
}
