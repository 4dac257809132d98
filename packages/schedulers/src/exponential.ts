import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/** Options of `exponential`. */
export interface ExponentialOptions {
  /** The first update's rate, ≥ 0. */
  readonly learningRate: number;
  /** Multiplies the rate after each update, ≥ 0. */
  readonly gamma: number;
}

/**
 * The rate times a constant after each update.
 *
 *     rate(t) = learningRate · gamma^t
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: torch.optim.lr_scheduler.ExponentialLR. Golden: test/golden/sched_ExponentialLR.json.
 *
 * @example
 * ```ts
 * import { exponential, sample } from '@nt/schedulers';
 *
 * const learningRate = exponential({ learningRate: 0.1, gamma: 0.5 });
 * console.log(sample(learningRate, 4).map((rate) => rate.toFixed(4)).join(' '));
 * //> 0.1000 0.0500 0.0250 0.0125
 * ```
 */
export const exponential: (options: ExponentialOptions) => Schedule = /* @__PURE__ */ define(
  'exponential',
  'learningRate, gamma',
  (learningRate: number, gamma: number) => (completedUpdates) => learningRate * gamma ** completedUpdates,
);
