import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/** Options of `step`. */
export interface StepOptions {
  /** The first update's rate, ≥ 0. */
  readonly learningRate: number;
  /** Updates between two changes. */
  readonly stepSize: number;
  /** Multiplies the rate at each change, ≥ 0; default 0.1. */
  readonly gamma?: number;
}

/**
 * The rate times a constant every `stepSize` updates.
 *
 *     rate(t) = learningRate · gamma^⌊t / stepSize⌋
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: torch.optim.lr_scheduler.StepLR. Golden: test/golden/sched_StepLR.json.
 *
 * @example
 * ```ts
 * import { sample, step } from '@nt/schedulers';
 *
 * const learningRate = step({ learningRate: 0.1, stepSize: 2, gamma: 0.5 });
 * console.log(sample(learningRate, 6).map((rate) => rate.toFixed(3)).join(' '));
 * //> 0.100 0.100 0.050 0.050 0.025 0.025
 * ```
 */
export const step: (options: StepOptions) => Schedule = /* @__PURE__ */ define(
  'step',
  'learningRate, stepSize: integer > 0, gamma',
  (learningRate: number, stepSize: number, gamma = 0.1) =>
    (completedUpdates) =>
      learningRate * gamma ** Math.floor(completedUpdates / stepSize),
);
