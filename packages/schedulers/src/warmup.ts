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
 *     rate(t) = schedule(0) · (startFactor + (1 − startFactor) · t / warmupUpdates)  for t < warmupUpdates
 *     rate(t) = schedule(t − warmupUpdates)  from then on
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: Goyal et al. 2017, §2.2; the `get_*_schedule_with_warmup` functions of Hugging Face transformers.
 *
 * @example
 * ```ts
 * import { cosine, sample, warmup } from '@nt/schedulers';
 *
 * const learningRate = warmup({ schedule: cosine({ learningRate: 0.1, tMax: 4 }), warmupUpdates: 2 });
 * console.log(sample(learningRate, 6).map((rate) => rate.toFixed(3)).join(' '));
 * //> 0.000 0.050 0.100 0.085 0.050 0.015
 * ```
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
