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
 *     rate(t) = learningRate
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 *
 * @example
 * ```ts
 * import { constant, sample } from '@nt/schedulers';
 *
 * const learningRate = constant({ learningRate: 0.1 });
 * console.log(sample(learningRate, 4).map((rate) => rate.toFixed(3)).join(' '));
 * //> 0.100 0.100 0.100 0.100
 * ```
 */
export const constant: (options: ConstantOptions) => Schedule = /* @__PURE__ */ define(
  'constant',
  'learningRate',
  (learningRate: number) => () => learningRate,
);
