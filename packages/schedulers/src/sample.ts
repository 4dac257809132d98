import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/**
 * The rates of the first updates, for logs and plots.
 *
 * @param updates how many, ≥ 0
 * @returns the rate that update i uses, at index i
 * @throws SchedulerError `schedulers/invalid-option`
 */
export function sample(schedule: Schedule, updates: number): number[] {
  return build({ schedule, updates });
}

const build = /* @__PURE__ */ define(
  'sample',
  'schedule: function, updates: integer >= 0',
  (schedule: Schedule, length: number) => Array.from({ length }, (_, completedUpdates) => schedule(completedUpdates)),
);
