import { define } from './define.ts';
import { satisfies } from './satisfies.ts';
import type { Schedule } from './schedule.ts';

/** The one kind of a state that no option has. */
const metricOrNull = 'number or null';

/** Options of `reduceOnPlateau`. */
export interface PlateauOptions {
  /** The rate before the first reduction, ≥ 0. */
  readonly learningRate: number;
  /** Whether a lower or a higher metric is better; default `min`. */
  readonly mode?: 'min' | 'max';
  /** Multiplies the rate at each reduction, in [0, 1); default 0.1. */
  readonly factor?: number;
  /** Observations without improvement that are tolerated; the next one reduces. Default 10. */
  readonly patience?: number;
  /** How much better than the best counts as improvement, ≥ 0; default 1e-4. */
  readonly threshold?: number;
  /** Whether `threshold` is a part of the best metric or a difference to it; default `rel`. */
  readonly thresholdMode?: 'rel' | 'abs';
  /** Observations after a reduction that do not count as bad; default 0. */
  readonly cooldown?: number;
  /** The rate never falls below this, ≥ 0; default 0. */
  readonly minLearningRate?: number;
  /** A reduction by no more than this is not made, ≥ 0; default 1e-8. */
  readonly eps?: number;
}

/** All that an observer remembers, as JSON. */
export interface PlateauState {
  readonly learningRate: number;
  /** The best metric so far; null before the first. */
  readonly best: number | null;
  /** Observations without improvement, in a row. */
  readonly bad: number;
  /** Observations of the cooldown that are left. */
  readonly cooling: number;
}

/** A rate that follows a metric. The only thing in this package that remembers anything. */
export interface PlateauObserver {
  /** The current rate, whatever the count: a schedule, to be given to an optimizer or to `sequence`. */
  readonly learningRate: Schedule;
  /** Takes one value of the metric (one per validation, say) and returns the rate that holds from now on. */
  observe(metric: number): number;
  /** What `restore` needs to go on exactly from here. */
  state(): PlateauState;
  /** Goes back to an earlier `state()`, also one that went through JSON. */
  restore(state: PlateauState): void;
}

/**
 * Reduces a rate when a metric has stopped improving: at the first of more than `patience` bad observations in a row.
 *
 *     rate ← max(rate · factor, minLearningRate)  at the first of more than patience bad observations in a row
 *
 * With `rel`, improvement means metric < best · (1 − threshold), or > best · (1 + threshold) for `max`: as in
 * PyTorch this suits metrics above zero. A metric that is not finite is never an improvement.
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`, also from `restore`
 * Source: torch.optim.lr_scheduler.ReduceLROnPlateau. Golden: test/golden/sched_ReduceLROnPlateau.json.
 * Differs: PyTorch takes −∞ (+∞ for `max`) as a best metric, which nothing can beat.
 *
 * @example
 * ```ts
 * import { reduceOnPlateau } from '@nt/schedulers/plateau';
 *
 * const plateau = reduceOnPlateau({ learningRate: 0.1, factor: 0.5, patience: 1 });
 * const losses = [3, 2, 2, 2, 1];
 * console.log(losses.map((loss) => plateau.observe(loss)).join(' '));
 * //> 0.1 0.1 0.1 0.05 0.05
 * ```
 */
export const reduceOnPlateau: (options: PlateauOptions) => PlateauObserver = /* @__PURE__ */ define(
  'reduceOnPlateau',
  'learningRate, mode: min|max, factor: number < 1, patience: integer >= 0, threshold, thresholdMode: rel|abs, ' +
    'cooldown: integer >= 0, minLearningRate, eps',
  (
    learningRate: number,
    mode = 'min',
    factor = 0.1,
    patience = 10,
    threshold = 1e-4,
    thresholdMode = 'rel',
    cooldown = 0,
    minLearningRate = 0,
    eps = 1e-8,
  ) => {
    const sign = mode === 'min' ? -1 : 1;
    const margin = sign * threshold;
    let best: number | null = null;
    let bad = 0;
    let cooling = 0;
    return {
      learningRate: () => learningRate,
      observe(metric) {
        const from = best ?? Number.NaN;
        const target = sign * (thresholdMode === 'rel' ? from * (1 + margin) : from + margin);
        // Not `>`: there is no target before the first metric, and whatever is compared with NaN is false.
        const better = Number.isFinite(metric) && !(sign * metric <= target);
        if (better) best = metric;
        bad = better || cooling ? 0 : bad + 1;
        if (cooling) cooling -= 1;
        if (bad > patience) {
          const reduced = Math.max(learningRate * factor, minLearningRate);
          if (learningRate - reduced > eps) learningRate = reduced;
          bad = 0;
          cooling = cooldown;
        }
        return learningRate;
      },
      state: () => ({ learningRate, best, bad, cooling }),
      restore: define<PlateauState, void>(
        'restore',
        `learningRate, best: ${metricOrNull}, bad: integer >= 0, cooling: integer >= 0`,
        (savedRate: number, savedBest: number | null, savedBad: number, savedCooling: number) => {
          [learningRate, best, bad, cooling] = [savedRate, savedBest, savedBad, savedCooling];
        },
        (value, kind) => (kind === metricOrNull ? value === null || Number.isFinite(value) : satisfies(value, kind)),
      ),
    };
  },
);
