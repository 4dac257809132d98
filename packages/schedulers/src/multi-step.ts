import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/** Options of `multiStep`. */
export interface MultiStepOptions {
  /** The first update's rate, ≥ 0. */
  readonly learningRate: number;
  /** Completed updates at which the rate changes, increasing, ≥ 1. */
  readonly milestones: readonly number[];
  /** Multiplies the rate at each milestone, ≥ 0; default 0.1. */
  readonly gamma?: number;
}

/**
 * The rate times a constant at each milestone.
 *
 *     rate(t) = learningRate · gamma^k,  k: how many milestones are ≤ t
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: torch.optim.lr_scheduler.MultiStepLR. Golden: test/golden/sched_MultiStepLR.json.
 * Differs: PyTorch sorts the milestones and takes one given twice as two changes; here both are errors.
 *
 * @example
 * ```ts
 * import { multiStep, sample } from '@nt/schedulers';
 *
 * const learningRate = multiStep({ learningRate: 0.1, milestones: [2, 3] });
 * console.log(sample(learningRate, 5).map((rate) => rate.toFixed(4)).join(' '));
 * //> 0.1000 0.1000 0.0100 0.0010 0.0010
 * ```
 */
export const multiStep: (options: MultiStepOptions) => Schedule = /* @__PURE__ */ define(
  'multiStep',
  'learningRate, milestones: rising list of integer > 0, gamma',
  (learningRate: number, milestones: readonly number[], gamma = 0.1) =>
    (completedUpdates) =>
      learningRate * gamma ** milestones.filter((at) => at <= completedUpdates).length,
);
