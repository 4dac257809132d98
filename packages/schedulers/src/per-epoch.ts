import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/**
 * A schedule that counts completed epochs instead of updates: its rate changes only between epochs.
 *
 * @param schedule sees ⌊completed updates / updatesPerEpoch⌋; all counts in its options then mean epochs
 * @param updatesPerEpoch updates in one epoch, ≥ 1
 * @throws SchedulerError `schedulers/invalid-option`
 */
export function perEpoch(schedule: Schedule, updatesPerEpoch: number): Schedule {
  return build({ schedule, updatesPerEpoch });
}

const build = /* @__PURE__ */ define(
  'perEpoch',
  'schedule: function, updatesPerEpoch: integer > 0',
  (schedule: Schedule, updatesPerEpoch: number) => (completedUpdates: number) =>
    schedule(Math.floor(completedUpdates / updatesPerEpoch)),
);
