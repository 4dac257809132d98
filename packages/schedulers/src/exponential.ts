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
 * The rate times a constant after each update: rate(t) = learningRate · gamma^t.
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: torch.optim.lr_scheduler.ExponentialLR. Golden: test/golden/sched_ExponentialLR.json.
 */
export const exponential: (options: ExponentialOptions) => Schedule = /* @__PURE__ */ define(
  'exponential',
  'learningRate, gamma',
  (learningRate: number, gamma: number) => (completedUpdates) => learningRate * gamma ** completedUpdates,
);
