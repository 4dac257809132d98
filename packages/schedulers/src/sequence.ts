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
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: torch.optim.lr_scheduler.SequentialLR.
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
