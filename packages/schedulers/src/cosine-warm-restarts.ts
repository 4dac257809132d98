import { define } from './define.ts';
import { halfCosine } from './half-cosine.ts';
import type { Schedule } from './schedule.ts';

/** Options of `cosineWarmRestarts`. */
export interface CosineWarmRestartsOptions {
  /** The rate at the start of every cycle, ≥ 0. */
  readonly learningRate: number;
  /** Updates in the first cycle. */
  readonly t0: number;
  /** Each cycle has this many times the updates of the one before; a whole number ≥ 1, default 1. */
  readonly tMult?: number;
  /** The rate towards which every cycle decays, ≥ 0; default 0. */
  readonly etaMin?: number;
}

/**
 * Cosine annealing that starts again from the full rate at the end of every cycle.
 *
 *     rate(t) = etaMin + (learningRate − etaMin) · (1 + cos(π u / T)) / 2
 *     u: updates since the cycle began;  T: its length, t0 · tMult^k for cycle k = 0, 1, …
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: SGDR, Loshchilov & Hutter 2017; torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.
 * Golden: test/golden/sched_CosineAnnealingWarmRestarts.json.
 *
 * @example
 * ```ts
 * import { cosineWarmRestarts, sample } from '@nt/schedulers';
 *
 * const learningRate = cosineWarmRestarts({ learningRate: 0.1, t0: 2, tMult: 2 });
 * console.log(sample(learningRate, 7).map((rate) => rate.toFixed(3)).join(' '));
 * //> 0.100 0.050 0.100 0.085 0.050 0.015 0.100
 * ```
 */
export const cosineWarmRestarts: (options: CosineWarmRestartsOptions) => Schedule = /* @__PURE__ */ define(
  'cosineWarmRestarts',
  'learningRate, t0: integer > 0, tMult: integer > 0, etaMin',
  (learningRate: number, t0: number, tMult = 1, etaMin = 0) =>
    (completedUpdates) => {
      // With equal cycles the loop below would run once a cycle; whole numbers keep both exact, unlike a logarithm.
      let inCycle = tMult > 1 ? completedUpdates : completedUpdates % t0;
      let length = t0;
      for (; inCycle >= length; length *= tMult) inCycle -= length;
      return halfCosine(learningRate, etaMin, inCycle / length);
    },
);
