import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/** Options of `warmup`. */
export interface WarmupOptions {
  /** What follows the rise; it sees the count of updates since the end of the rise. */
  readonly schedule: Schedule;
  /** Updates before the schedule begins. */
  readonly warmupUpdates: number;
  /** Factor of the schedule's first rate at update 0, ≥ 0; default 0, so the first update changes nothing. */
  readonly startFactor?: number;
}

/**
 * A straight rise to the first rate of a schedule, which then runs from its own beginning.
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: Goyal et al. 2017, §2.2; the `get_*_schedule_with_warmup` functions of Hugging Face transformers.
 */
export const warmup: (options: WarmupOptions) => Schedule = /* @__PURE__ */ define(
  'warmup',
  'schedule: function, warmupUpdates: integer > 0, startFactor',
  (schedule: Schedule, warmupUpdates: number, startFactor = 0) =>
    (completedUpdates) =>
      completedUpdates < warmupUpdates
        ? schedule(0) * (startFactor + ((1 - startFactor) * completedUpdates) / warmupUpdates)
        : schedule(completedUpdates - warmupUpdates),
);
