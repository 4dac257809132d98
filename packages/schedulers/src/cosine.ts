import { define } from './define.ts';
import { halfCosine } from './half-cosine.ts';
import type { Schedule } from './schedule.ts';

/** Options of `cosine`. */
export interface CosineOptions {
  /** The first update's rate, ≥ 0. */
  readonly learningRate: number;
  /** Updates from the first rate to `etaMin`. */
  readonly tMax: number;
  /** The rate at `tMax`, ≥ 0; default 0. */
  readonly etaMin?: number;
}

/**
 * Cosine annealing: slow at first, fastest halfway, slow at the end.
 *
 *     rate(t) = etaMin + (learningRate − etaMin) · (1 + cos(π t / tMax)) / 2
 *
 * Past `tMax` the rate rises again along the cosine, as PyTorch's does: give it as many updates as the run has.
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: Loshchilov & Hutter 2017 without restarts; torch.optim.lr_scheduler.CosineAnnealingLR.
 * Golden: test/golden/sched_CosineAnnealingLR.json.
 *
 * @example
 * ```ts
 * import { cosine, sample } from '@nt/schedulers';
 *
 * const learningRate = cosine({ learningRate: 0.1, tMax: 4 });
 * console.log(sample(learningRate, 5).map((rate) => rate.toFixed(3)).join(' '));
 * //> 0.100 0.085 0.050 0.015 0.000
 * ```
 */
export const cosine: (options: CosineOptions) => Schedule = /* @__PURE__ */ define(
  'cosine',
  'learningRate, tMax: integer > 0, etaMin',
  (learningRate: number, tMax: number, etaMin = 0) =>
    (completedUpdates) =>
      halfCosine(learningRate, etaMin, completedUpdates / tMax),
);
