import { define } from './define.ts';
import type { Schedule } from './schedule.ts';
import { SchedulerError } from './scheduler-error.ts';

/** Options of `sequence`. */
export interface SequenceOptions {
  /** At least one schedule. */
  readonly schedules: readonly Schedule[];
  /** Completed updates at which the next schedule takes over, increasing, ≥ 1; one fewer than schedules. */
  readonly milestones: readonly number[];
}

/**
 * One schedule after another; each sees the count of updates since it took over.
 *
 *     rate(t) = schedule k (t − milestone k),  k: how many milestones are ≤ t,  milestone 0 = 0
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: torch.optim.lr_scheduler.SequentialLR.
 *
 * @example
 * ```ts
 * import { constant, exponential, sample, sequence } from '@nt/schedulers';
 *
 * const learningRate = sequence({
 *   schedules: [constant({ learningRate: 0.1 }), exponential({ learningRate: 0.1, gamma: 0.5 })],
 *   milestones: [2],
 * });
 * console.log(sample(learningRate, 5).map((rate) => rate.toFixed(3)).join(' '));
 * //> 0.100 0.100 0.100 0.050 0.025
 * ```
 */
export const sequence: (options: SequenceOptions) => Schedule = /* @__PURE__ */ define(
  'sequence',
  'schedules: list of function, milestones: rising list of integer > 0',
  (schedules: readonly Schedule[], milestones: readonly number[]) => {
    if (milestones.length !== schedules.length - 1) {
      throw new SchedulerError('schedulers/invalid-option', {
        owner: 'sequence',
        option: 'milestones',
        expected: 'one shorter than schedules',
        found: milestones,
      });
    }
    return (completedUpdates) => {
      const index = milestones.filter((at) => at <= completedUpdates).length;
      return schedules[index]!(completedUpdates - (milestones[index - 1] ?? 0));
    };
  },
);
