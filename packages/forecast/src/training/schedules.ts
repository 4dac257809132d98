import {
  type ConstantFactorOptions,
  type CosineOptions,
  type CosineWarmRestartsOptions,
  constant,
  constantFactor,
  cosine,
  cosineWarmRestarts,
  type ExponentialOptions,
  exponential,
  type InverseSquareRootOptions,
  inverseSquareRoot,
  type LinearOptions,
  linear,
  type MultiStepOptions,
  multiStep,
  type PolynomialOptions,
  polynomial,
  type Schedule,
  type StepOptions,
  step,
  type WarmupStableDecayOptions,
  warmup,
  warmupStableDecay,
} from '@nt/schedulers';
import { type OneCycleOptions, oneCycle } from '@nt/schedulers/one-cycle';
import { type PlateauObserver, type PlateauOptions, reduceOnPlateau } from '@nt/schedulers/plateau';
import type { Choice, Chosen, Constants } from '../options/choice.ts';

/** Options of a schedule that are the forecaster's own, and `plateau`'s mode: the monitored loss is to fall. */
export const takenScheduleOptions = ['learningRate', 'maxLearningRate', 'warmupUpdates', 'mode'] as const;
type Own<Options> = Constants<Options, (typeof takenScheduleOptions)[number]>;

type WarmupStableDecayChoice = Own<WarmupStableDecayOptions>;

/** Schedules of `@nt/schedulers` by name, with their options. */
export interface ScheduleCatalogue {
  readonly cosine: Own<CosineOptions>;
  readonly constant: object;
  readonly linear: Own<LinearOptions>;
  readonly polynomial: Own<PolynomialOptions>;
  readonly exponential: Own<ExponentialOptions>;
  readonly step: Own<StepOptions>;
  readonly multiStep: Own<MultiStepOptions>;
  readonly constantFactor: Own<ConstantFactorOptions>;
  readonly oneCycle: Own<OneCycleOptions>;
  readonly cosineWarmRestarts: Own<CosineWarmRestartsOptions>;
  readonly inverseSquareRoot: Own<InverseSquareRootOptions>;
  readonly warmupStableDecay: WarmupStableDecayChoice;
  readonly plateau: Own<PlateauOptions>;
}
/** One of `scheduleNames`. */
export type ScheduleName = keyof ScheduleCatalogue;
/** A schedule, perhaps with options: `{ name: 'step', stepSize: 100 }`. */
export type ScheduleChoice = Choice<ScheduleCatalogue>;

/** The rate over a run; a plateau also has to be told the metric. */
export interface RunSchedule {
  readonly learningRate: Schedule;
  readonly plateau?: PlateauObserver;
}

interface Span {
  /** The largest rate. */
  readonly learningRate: number;
  /** Updates of a straight rise from 0. */
  readonly warmupUpdates: number;
  /** Updates from there to the end of the run, ≥ 1. */
  readonly updates: number;
}

/** A part of a span, a whole number of updates ≥ 1. */
const part = ({ updates }: Span, share: number): number => Math.max(1, Math.round(share * updates));

/** How each fills a run when it is not told otherwise. */
const schedules: Readonly<Record<Exclude<ScheduleName, 'plateau'>, (span: Span, options: object) => Schedule>> = {
  cosine: ({ learningRate, updates }, options) => cosine({ learningRate, tMax: updates, ...options }),
  constant: ({ learningRate }, options) => constant({ learningRate, ...options }),
  linear: ({ learningRate, updates }, options) =>
    linear({ learningRate, startFactor: 1, endFactor: 0, totalIters: updates, ...options }),
  polynomial: ({ learningRate, updates }, options) =>
    polynomial({ learningRate, totalIters: updates, power: 2, ...options }),
  exponential: ({ learningRate, updates }, options) =>
    exponential({ learningRate, gamma: 0.01 ** (1 / updates), ...options }),
  step: (span, options) =>
    step({ learningRate: span.learningRate, stepSize: part(span, 1 / 3), gamma: 0.5, ...options }),
  multiStep: (span, options) =>
    multiStep({
      learningRate: span.learningRate,
      milestones: [...new Set([part(span, 1 / 2), part(span, 3 / 4)])],
      ...options,
    }),
  constantFactor: ({ learningRate }, options) => constantFactor({ learningRate, ...options }),
  oneCycle: ({ learningRate, updates }, options) =>
    oneCycle({ maxLearningRate: learningRate, totalSteps: updates, ...options }).learningRate,
  cosineWarmRestarts: (span, options) =>
    cosineWarmRestarts({ learningRate: span.learningRate, t0: part(span, 1 / 3), ...options }),
  inverseSquareRoot: (span, options) =>
    inverseSquareRoot({ learningRate: span.learningRate, timescale: part(span, 0.1), ...options }),
  warmupStableDecay: fillWithStable,
};

/** Schedules by name; each fills the run unless its options say otherwise. */
export const scheduleNames: readonly ScheduleName[] = [...(Object.keys(schedules) as ScheduleName[]), 'plateau'];

/**
 * The rate of every update of a run.
 *
 * @param warmupUpdates updates of a straight rise from 0, which come first
 * @throws SchedulerError for options that the schedule does not have or take
 */
export function scheduleOf(
  { name, ...options }: Chosen<ScheduleName>,
  learningRate: number,
  warmupUpdates: number,
  totalUpdates: number,
): RunSchedule {
  const span = { learningRate, warmupUpdates, updates: Math.max(totalUpdates - warmupUpdates, 1) };
  if (name === 'warmupStableDecay') return { learningRate: fillWithStable(span, options) };
  const rise = (schedule: Schedule): Schedule => (warmupUpdates === 0 ? schedule : warmup({ schedule, warmupUpdates }));
  if (name !== 'plateau') return { learningRate: rise(schedules[name](span, options)) };
  // Acts before early stopping, which waits for 10 checks unless told otherwise, gives up.
  const plateau = reduceOnPlateau({ learningRate, factor: 0.5, patience: 4, ...options });
  return { learningRate: rise(plateau.learningRate), plateau };
}

/** Its rise is the warm-up: a tenth of the run unless that is given; its decay a fifth. */
function fillWithStable(span: Span, options: WarmupStableDecayChoice): Schedule {
  const { learningRate, warmupUpdates, updates } = span;
  const rise = warmupUpdates || part(span, 0.1);
  const { decayUpdates = part(span, 0.2) } = options;
  const stableUpdates = Math.max(warmupUpdates + updates - rise - decayUpdates, 0);
  return warmupStableDecay({ learningRate, warmupUpdates: rise, decayUpdates, stableUpdates, ...options });
}
