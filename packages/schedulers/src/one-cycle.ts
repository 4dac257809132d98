import { define } from './define.ts';
import { halfCosine } from './half-cosine.ts';
import type { Schedule } from './schedule.ts';

/** Options of `oneCycle`. */
export interface OneCycleOptions {
  /** The rate at the peak, ≥ 0. */
  readonly maxLearningRate: number;
  /** Updates of the whole cycle. */
  readonly totalSteps: number;
  /** Part of the cycle that is spent rising, in [0, 1), less than ½ with `threePhase`; default 0.3. */
  readonly pctStart?: number;
  /** The shape of rise and fall; default `cos`. */
  readonly annealStrategy?: 'cos' | 'linear';
  /** The first rate is the peak divided by this, > 0; default 25. */
  readonly divFactor?: number;
  /** The last rate is the first one divided by this, > 0; default 10,000. */
  readonly finalDivFactor?: number;
  /** Fall as long as the rise was, to the first rate, and only then to the last one; default false. */
  readonly threePhase?: boolean;
  /** Momentum at the peak, ≥ 0; default 0.85. */
  readonly baseMomentum?: number;
  /** Momentum at both ends, ≥ 0; default 0.95. */
  readonly maxMomentum?: number;
}

/** The two halves of the 1cycle policy: momentum is low where the rate is high. */
export interface OneCycle {
  readonly learningRate: Schedule;
  readonly momentum: Schedule;
}

/**
 * The 1cycle policy: one rise to a high rate and one fall to a very low one, with momentum going the other way.
 *
 *     rate: first → max by update pctStart · totalSteps − 1, then max → last by update totalSteps − 1
 *     first = max / divFactor,  last = first / finalDivFactor
 *     cos: a → b is a + (b − a) · (1 − cos(π p)) / 2 at the part p of the way;  linear: a + (b − a) · p
 *
 * Past the last update both stay at their last value.
 *
 * @throws SchedulerError `schedulers/invalid-option`, `schedulers/unknown-option`
 * Source: Smith & Topin 2019; torch.optim.lr_scheduler.OneCycleLR.
 * Golden: test/golden/sched_OneCycleLR.json, sched_OneCycleLR_momentum.json.
 * Differs: PyTorch throws past the last update, divides by zero when pctStart · totalSteps is 1 (a cycle without a rise
 * here), and accepts a pctStart of 1. A pctStart above ½ with threePhase is taken by both; its last phase is cut off.
 *
 * @example
 * ```ts
 * import { sample } from '@nt/schedulers';
 * import { oneCycle } from '@nt/schedulers/one-cycle';
 *
 * const { learningRate, momentum } = oneCycle({ maxLearningRate: 0.1, totalSteps: 6, pctStart: 0.5 });
 * console.log(sample(learningRate, 6).map((rate) => rate.toFixed(3)).join(' '));
 * console.log(sample(momentum, 6).map((value) => value.toFixed(3)).join(' '));
 * //> 0.004 0.052 0.100 0.075 0.025 0.000
 * //> 0.950 0.900 0.850 0.875 0.925 0.950
 * ```
 */
export const oneCycle: (options: OneCycleOptions) => OneCycle = /* @__PURE__ */ define(
  'oneCycle',
  'maxLearningRate, totalSteps: integer > 0, pctStart: number < 1, annealStrategy: cos|linear, ' +
    'divFactor: number > 0, finalDivFactor: number > 0, threePhase: boolean, baseMomentum, maxMomentum',
  (
    maxLearningRate: number,
    totalSteps: number,
    pctStart = 0.3,
    annealStrategy = 'cos',
    divFactor = 25,
    finalDivFactor = 10_000,
    threePhase = false,
    baseMomentum = 0.85,
    maxMomentum = 0.95,
  ) => {
    const rise = pctStart * totalSteps - 1;
    const end = totalSteps - 1;
    const first = maxLearningRate / divFactor;
    const last = first / finalDivFactor;
    // Of two phases the second ends where the run does, and a third is never reached.
    const [fall, low] = threePhase ? [2 * rise, first] : [end, last];
    const through = (values: readonly number[]) =>
      pieces([rise, fall, end], values, annealStrategy === 'cos' ? halfCosine : line);
    return {
      learningRate: through([first, maxLearningRate, low, last]),
      momentum: through([maxMomentum, baseMomentum, maxMomentum, maxMomentum]),
    };
  },
);

type Anneal = (start: number, end: number, progress: number) => number;

const line: Anneal = (start, end, progress) => start + (end - start) * progress;

/** Passes through `values`, the first at update 0, the others at `ends`, which are not whole, as PyTorch's are not. */
function pieces(ends: readonly number[], values: readonly number[], anneal: Anneal): Schedule {
  return (completedUpdates) => {
    const now = Math.min(completedUpdates, ends.at(-1)!);
    const piece = ends.findIndex((end) => now <= end);
    const begin = ends[piece - 1] ?? 0;
    // A rise of no length (pctStart · totalSteps = 1) is at its beginning.
    return anneal(values[piece]!, values[piece + 1]!, (now - begin) / (ends[piece]! - begin) || 0);
  };
}
