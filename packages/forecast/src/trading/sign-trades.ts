import { checkLength } from '../check-arguments.ts';
import { overlapOf, type Spacing } from '../statistics/overlap.ts';

/** Predicted and realised returns of one series at regular origins in time order. */
export interface ReturnForecasts extends Spacing {
  /** `[origins]`, simple returns as fractions; NaN = no forecast */
  readonly predicted: ArrayLike<number>;
  /** `[origins]`; NaN = unknown */
  readonly realised: ArrayLike<number>;
}

/** What following the sign of the forecast would have been. */
export interface SignTrades {
  /** `[periods]`: what was held, 1 = long, −1 = short, 0 = nothing */
  readonly positions: Int8Array;
  /** `[periods]`: returns before fees */
  readonly gross: Float64Array;
  /** `[periods]`: fees paid in that period: one to enter, one to leave */
  readonly legs: Int8Array;
  /** origins left out because their returns overlap those of an origin that is used */
  readonly overlapping: number;
  /** origins left out because their forecast or return is unknown */
  readonly unknown: number;
}

/**
 * Holds the sign of each forecast for the time it spans. Periods must not overlap, since money is invested once: of origins
 * that overlap every ⌈horizon ÷ stride⌉-th is used, from the first. A position that the next period keeps, at once and on
 * the same side, is not sold and bought again; every other one pays a fee on entry and one on exit.
 *
 * @param isShort whether a forecast fall is sold short; else nothing is held
 */
export function signTrades(returns: ReturnForecasts, isShort: boolean): SignTrades {
  const { predicted, realised, horizon = 1, stride = 1 } = returns;
  checkLength('signTrades', 'realised', realised, predicted.length, 'as many as predicted');
  const every = overlapOf({ horizon, stride });
  const isContiguous = every * stride === horizon;
  const used = Array.from({ length: Math.ceil(predicted.length / every) }, (_, k) => k * every);
  const held = used.map((origin) => {
    const isUnknown = Number.isNaN(predicted[origin]!) || Number.isNaN(realised[origin]!);
    return isUnknown ? Number.NaN : Math.max(Math.sign(predicted[origin]!), isShort ? -1 : 0);
  });
  const known = Array.from(held.keys()).filter((k) => !Number.isNaN(held[k]!));
  const isKept = (k: number, other: number): boolean => isContiguous && held[k] === held[other];
  return {
    positions: Int8Array.from(known, (k) => held[k]!),
    gross: Float64Array.from(known, (k) => (held[k] === 0 ? 0 : held[k]! * realised[used[k]!]!)),
    legs: Int8Array.from(known, (k) => (held[k] === 0 ? 0 : 2 - Number(isKept(k, k - 1)) - Number(isKept(k, k + 1)))),
    overlapping: predicted.length - used.length,
    unknown: used.length - known.length,
  };
}
