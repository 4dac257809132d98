import { type CalendarFeature, type SeriesSet, type TimeSplit, windows } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import type { PlanOptions } from '../fit/plan-options.ts';
import type { RunOptions } from '../fit/run-options.ts';
import type { Teacher } from '../fit/teacher.ts';
import { type Fit, Forecaster } from '../forecaster.ts';
import type { ModelOptions } from '../models/model-factory.ts';
import type { TrainingOptions } from '../training/training-options.ts';
import type { BlendConfig, BlendOptions } from './blend-options.ts';
import type { LinearStarts } from './fit-ridges.ts';
import type { FittedMember } from './fitted-member.ts';
import { type LinearStart, residualNhits } from './residual-nhits.ts';
import { joinedParts, withValidation } from './with-validation.ts';

/** A network of a pool. */
export interface NetworkPlan {
  readonly name: string;
  /** Time steps that the network sees. */
  readonly lookback: number;
  /** The linear part beside it. */
  readonly skip: LinearStarts | null;
  readonly seed: number;
  /** Width of its layers; default the preset's. */
  readonly hiddenSize?: number;
  /** Whom it learns from; nobody in a pool. */
  readonly teacher?: Teacher;
}

/** What all networks of a pool share. */
export interface NetworkSetting<T extends Tensor> {
  readonly backend: Backend<T>;
  readonly set: SeriesSet;
  readonly split: TimeSplit;
  readonly config: BlendConfig;
  readonly calendar: readonly CalendarFeature[];
  readonly run: Pick<
    BlendOptions,
    'signal' | 'checkpoints' | 'checkpointEvery' | 'resume' | 'loggers' | 'logEvery' | 'onEvent'
  >;
}

/**
 * With `accurate` each look-back twice, beside a ridge and without; with `fast` the middle one. Look-backs make members
 * differ more than seeds do, and what they do not have in common is what a blend gains from.
 */
export function networkPlans(
  { preset, seed, ensemble }: BlendConfig,
  lookbacks: readonly number[],
  skip: LinearStarts | null,
): readonly NetworkPlan[] {
  const chosen = preset === 'fast' ? [lookbacks[Math.floor(lookbacks.length / 2)]!] : lookbacks;
  const kinds = skip === null ? [null] : [skip, null];
  return Array.from({ length: ensemble }, (_, copy) => copy)
    .flatMap((copy) => kinds.flatMap((kind) => chosen.map((lookback) => ({ lookback, skip: kind, copy }))))
    .map(({ copy, ...plan }, index) => ({
      ...plan,
      name: `nhits ${plan.lookback}${plan.skip ? ` + ridge ${plan.skip.lookback}` : ''}${copy > 0 ? `, ${copy + 1}` : ''}`,
      seed: seed * 100 + index,
    }));
}

/** The paper's network, pooled alike in all stacks. */
const network = (hiddenSize: number): ModelOptions => ({
  variant: 'paper',
  hiddenSize,
  nPoolKernelSize: [2, 2, 2],
  nFreqDownsample: [24, 12, 1],
});

/** Few updates on large batches, with a short warm-up and an average of the weights. */
const training = {
  loss: 'maeMse',
  optimizer: 'adamw',
  learningRate: 1e-3,
  weightDecay: 0,
  batchSize: 256,
  gradientClipNorm: 1,
  averaging: { name: 'ema', decay: 0.99, warmup: true },
  validationEvery: 50,
  patience: 5,
} as const satisfies TrainingOptions;
/** Updates in which rates fall once, about. */
const cycleUpdates = 1000;
/** Of a cycle. */
const warmup = 0.05;
/** Validation windows beyond which more of them cost more than they tell. */
const mostValidationWindows = 4000;

/** Columns of a calendar feature: sine and cosine. */
const columnsOfFeature = 2;

/** The name of a member's second training, by which its checkpoints and losses are told from those of the first. */
export const again = (name: string): string => `${name}, again`;

/** What belongs to the run of one network: its own checkpoints, gone on with where there are any. */
export async function memberRun(
  {
    run: { signal, checkpoints, checkpointEvery, resume, loggers, logEvery, onEvent },
  }: Pick<NetworkSetting<Tensor>, 'run'>,
  name: string,
): Promise<RunOptions> {
  const folder = name.replaceAll(/[^a-z0-9]+/g, '-');
  const storage = checkpoints?.(folder);
  const isBegun = resume === true && storage !== undefined && (await storage.list()).length > 0;
  return {
    signal,
    onEvent: (event) => onEvent?.({ type: 'training', member: name, event }),
    checkpoints: storage,
    checkpointEvery,
    resume: isBegun,
    loggers: await loggers?.(folder),
    logEvery,
  };
}

/** Trains one network of a pool. */
export async function fitNetwork<T extends Tensor>(
  setting: NetworkSetting<T>,
  plan: NetworkPlan,
): Promise<FittedMember> {
  const { set, split, config } = setting;
  const { count } = windows(set, { inputSize: 1, horizon: config.horizon, ranges: split.validation });
  const { forecaster, result } = await trained(setting, plan, plan.skip?.start, {
    split,
    validationStride: Math.ceil(count / mostValidationWindows),
    maxUpdates: config.maxUpdates,
  });
  const bestUpdate = result.best?.update ?? null;
  return {
    predictor: forecaster,
    lookback: plan.lookback,
    updates: result.updates,
    bestUpdate,
    refit: async () => {
      const start = await plan.skip?.of(joinedParts(split));
      // Best before any update: one, of the least rate, since a training without any is none.
      const maxUpdates = Math.max(1, bestUpdate ?? result.updates);
      const own = { ...plan, name: again(plan.name) };
      const fit = await trained(setting, own, start, { split: withValidation(split), maxUpdates });
      return { predictor: fit.forecaster, updates: fit.result.updates };
    },
  };
}

/**
 * Rates that fall in cycles of about a thousand updates. Networks that have learnt what they can stop within the first, by
 * their validation errors; those that have not, mostly ones without a ridge, go on at high rates for as long as that helps.
 *
 * Source: Loshchilov and Hutter 2017, SGDR: Stochastic Gradient Descent with Warm Restarts.
 */
export function ratesOf(maxUpdates: number) {
  const cycles = Math.max(1, Math.round(maxUpdates / cycleUpdates));
  const warmupUpdates = Math.round((warmup * maxUpdates) / cycles);
  const t0 = Math.max(1, Math.ceil((maxUpdates - warmupUpdates) / cycles));
  return { warmupUpdates, schedule: { name: 'cosineWarmRestarts', t0 } } as const;
}

/** Rates fall as if all updates were made, also where it is known that the first ones are best. */
async function trained<T extends Tensor>(
  setting: NetworkSetting<T>,
  { name, lookback, skip, seed, hiddenSize, teacher }: NetworkPlan,
  start: LinearStart | undefined,
  options: PlanOptions,
): Promise<Fit> {
  const { backend, set, config, calendar } = setting;
  const recipe = new Forecaster(residualNhits(start), backend, {
    horizon: config.horizon,
    inputSize: Math.max(lookback, skip?.lookback ?? 0),
    calendar,
    seed,
    model: {
      lookback,
      linearSkip: skip !== null,
      calendar: columnsOfFeature * calendar.length,
      network: network(hiddenSize ?? (config.preset === 'fast' ? 256 : 512)),
    },
  });
  const plan = recipe.plan(set, { ...training, ...options, ...ratesOf(config.maxUpdates) });
  return recipe.fit(plan, { ...(await memberRun(setting, name)), teacher });
}
