import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/** Options of `linear`. */
export interface LinearOptions {
  /** The rate that both factors multiply, ≥ 0. */
  readonly learningRate: number;
  /** Factor at the first update, in [0, 1]; default 1/3. */
  readonly startFactor?: number;
  /** Factor from `totalIters` on, in [0, 1]; default 1. */
  readonly endFactor?: number;
  /** Updates from one factor to the other; default 5. */
  readonly totalIters?: number;
}

/**
 * A straight line between two factors of a rate, then the second one for good.
 *
 *     rate(t) = learningRate · (startFactor + (endFactor − startFactor) · min(t / totalIters, 1))
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: torch.optim.lr_scheduler.LinearLR, closed form. Golden: test/golden/sched_LinearLR.json.
 * Differs: `startFactor` may be 0, which PyTorch's recursion cannot do.
 *
 * @example
 * ```ts
 * import { linear, sample } from '@nt/schedulers';
 *
 * const learningRate = linear({ learningRate: 0.1, startFactor: 0, totalIters: 4 });
 * console.log(sample(learningRate, 6).map((rate) => rate.toFixed(3)).join(' '));
 * //> 0.000 0.025 0.050 0.075 0.100 0.100
 * ```
 */
export const linear: (options: LinearOptions) => Schedule = /* @__PURE__ */ define(
  'linear',
  'learningRate, startFactor, endFactor, totalIters: integer > 0',
  (learningRate: number, startFactor = 1 / 3, endFactor = 1, totalIters = 5) =>
    (completedUpdates) =>
      learningRate * (startFactor + ((endFactor - startFactor) * Math.min(completedUpdates, totalIters)) / totalIters),
);
