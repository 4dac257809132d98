import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/** Options of `polynomial`. */
export interface PolynomialOptions {
  /** The first update's rate, ≥ 0. */
  readonly learningRate: number;
  /** Updates until the rate is 0; default 5. */
  readonly totalIters?: number;
  /** Exponent, > 0; default 1, a straight line. */
  readonly power?: number;
}

/**
 * Decay to zero along a power of the time that is left, then zero.
 *
 *     rate(t) = learningRate · (1 − min(t / totalIters, 1))^power
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: torch.optim.lr_scheduler.PolynomialLR, closed form. Golden: test/golden/sched_PolynomialLR.json.
 *
 * @example
 * ```ts
 * import { polynomial, sample } from '@nt/schedulers';
 *
 * const learningRate = polynomial({ learningRate: 0.1, totalIters: 4, power: 2 });
 * console.log(sample(learningRate, 6).map((rate) => rate.toFixed(4)).join(' '));
 * //> 0.1000 0.0563 0.0250 0.0063 0.0000 0.0000
 * ```
 */
export const polynomial: (options: PolynomialOptions) => Schedule = /* @__PURE__ */ define(
  'polynomial',
  'learningRate, totalIters: integer > 0, power: number > 0',
  (learningRate: number, totalIters = 5, power = 1) =>
    (completedUpdates) =>
      learningRate * (1 - Math.min(completedUpdates, totalIters) / totalIters) ** power,
);
