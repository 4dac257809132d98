import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/** Options of `constant`. */
export interface ConstantOptions {
  /** The rate, ≥ 0. */
  readonly learningRate: number;
}

/**
 * The same rate for every update.
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 */
export const constant: (options: ConstantOptions) => Schedule = /* @__PURE__ */ define(
  'constant',
  'learningRate',
  (learningRate: number) => () => learningRate,
);
