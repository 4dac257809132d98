import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/** Options of `inverseSquareRoot`. */
export interface InverseSquareRootOptions {
  /** The rate until `timescale`, ≥ 0. */
  readonly learningRate: number;
  /** Updates before the decay begins; default 10,000. */
  readonly timescale?: number;
}

/**
 * Constant first, then decay with the root of the update count, without an end to plan for.
 *
 *     rate(t) = learningRate · √(timescale / max(t, timescale))
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: Raffel et al. 2020 (T5), §3.1.2, scaled so that `learningRate` is the rate it starts from; the second half
 * of Vaswani et al. 2017, equation 3.
 *
 * @example
 * ```ts
 * import { inverseSquareRoot, sample } from '@nt/schedulers';
 *
 * const learningRate = inverseSquareRoot({ learningRate: 0.1, timescale: 2 });
 * console.log(sample(learningRate, 5).map((rate) => rate.toFixed(3)).join(' '));
 * //> 0.100 0.100 0.100 0.082 0.071
 * ```
 */
export const inverseSquareRoot: (options: InverseSquareRootOptions) => Schedule = /* @__PURE__ */ define(
  'inverseSquareRoot',
  'learningRate, timescale: integer > 0',
  (learningRate: number, timescale = 10_000) =>
    (completedUpdates) =>
      learningRate * Math.sqrt(timescale / Math.max(completedUpdates, timescale)),
);
