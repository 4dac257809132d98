import { define } from './define.ts';
import type { Schedule } from './schedule.ts';

/** Options of `warmupStableDecay`. */
export interface WarmupStableDecayOptions {
  /** The rate of the stable phase, ≥ 0. */
  readonly learningRate: number;
  /** Updates of the rise from `minLearningRate`, ≥ 1. */
  readonly warmupUpdates: number;
  /** Updates at the full rate, ≥ 0. */
  readonly stableUpdates: number;
  /** Updates of the decay to `minLearningRate`, ≥ 1. */
  readonly decayUpdates: number;
  /** The rate at update 0, and at the end of the decay and after it, ≥ 0; default 0. */
  readonly minLearningRate?: number;
}

/**
 * Rise, stay, fall, all straight: the stable phase can be prolonged at will, and only the decay has to be run again.
 *
 *     rate(t) = min + (learningRate − min) · max(0, min(t / warmup, 1, (warmup + stable + decay − t) / decay))
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: Hu et al. 2024 (MiniCPM), §4, with the linear decay of Hägele et al. 2024.
 *
 * @example
 * ```ts
 * import { sample, warmupStableDecay } from '@nt/schedulers';
 *
 * const learningRate = warmupStableDecay({
 *   learningRate: 0.1,
 *   warmupUpdates: 2,
 *   stableUpdates: 2,
 *   decayUpdates: 2,
 * });
 * console.log(sample(learningRate, 7).map((rate) => rate.toFixed(3)).join(' '));
 * //> 0.000 0.050 0.100 0.100 0.100 0.050 0.000
 * ```
 */
export const warmupStableDecay: (options: WarmupStableDecayOptions) => Schedule = /* @__PURE__ */ define(
  'warmupStableDecay',
  'learningRate, warmupUpdates: integer > 0, stableUpdates: integer >= 0, decayUpdates: integer > 0, minLearningRate',
  (learningRate: number, warmup: number, stable: number, decay: number, minLearningRate = 0) =>
    (completedUpdates) =>
      minLearningRate +
      (learningRate - minLearningRate) *
        Math.max(Math.min(completedUpdates / warmup, 1, (warmup + stable + decay - completedUpdates) / decay), 0),
);
