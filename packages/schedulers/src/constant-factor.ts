import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/** Options of `constantFactor`. */
export interface ConstantFactorOptions {
  /** The full rate, ≥ 0. */
  readonly learningRate: number;
  /** Multiplies the rate until `totalIters`, in [0, 1]; default 1/3. */
  readonly factor?: number;
  /** Updates before the full rate; default 5. */
  readonly totalIters?: number;
}

/**
 * A reduced rate for the first updates, the full rate from then on.
 *
 *     rate(t) = learningRate · factor  for t < totalIters,  else learningRate
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: torch.optim.lr_scheduler.ConstantLR.
 *
 * @example
 * ```ts
 * import { constantFactor, sample } from '@nt/schedulers';
 *
 * const learningRate = constantFactor({ learningRate: 0.1, factor: 0.5, totalIters: 2 });
 * console.log(sample(learningRate, 4).map((rate) => rate.toFixed(3)).join(' '));
 * //> 0.050 0.050 0.100 0.100
 * ```
 */
export const constantFactor: (options: ConstantFactorOptions) => Schedule = /* @__PURE__ */ define(
  'constantFactor',
  'learningRate, factor: number < 1, totalIters: integer > 0',
  (learningRate: number, factor = 1 / 3, totalIters = 5) =>
    (completedUpdates) =>
      completedUpdates < totalIters ? learningRate * factor : learningRate,
);
