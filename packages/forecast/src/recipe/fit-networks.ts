import { type CalendarFeature, type SeriesSet, type TimeSplit, windows } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import type { TrainEvent } from '@nt/trainer';
import type { RunOptions } from '../fit/run-options.ts';
import { Forecaster } from '../forecaster.ts';
import type { ModelOptions } from '../models/model-factory.ts';
import type { TrainingOptions } from '../training/training-options.ts';
import type { BlendConfig, BlendOptions } from './blend-options.ts';
import type { FittedMember } from './fitted-member.ts';
import { type LinearStart, residualNhits } from './residual-nhits.ts';

/** The linear part beside a network. */
interface Skip {
  readonly lookback: number;
  readonly start: LinearStart;
}

/** A network of a pool. */
export interface NetworkPlan {
  readonly name: string;
  /** Time steps that the network sees. */
  readonly lookback: number;
  readonly skip: Skip | null;
  readonly seed: number;
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
  skip: Skip | null,
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
const network = (preset: BlendConfig['preset']): ModelOptions => ({
  variant: 'paper',
  hiddenSize: preset === 'fast' ? 256 : 512,
  nPoolKernelSize: [2, 2, 2],
  nFreqDownsample: [24, 12, 1],
});

/** Few updates on large batches, with a short warm-up and an average of the weights. */
const training = {
  loss: 'maeMse',
  optimizer: 'adamw',
  learningRate: 1e-3,
  weightDecay: 0,
  schedule: 'cosine',
  batchSize: 256,
  gradientClipNorm: 1,
  averaging: { name: 'ema', decay: 0.99, warmup: true },
  validationEvery: 50,
  patience: 5,
} as const satisfies TrainingOptions;
/** Of the updates. */
const warmup = 0.05;
/** Validation windows beyond which more of them cost more than they tell. */
const mostValidationWindows = 4000;

/** Columns of a calendar feature: sine and cosine. */
const columnsOfFeature = 2;

/** What belongs to the run of one network: its own checkpoints, gone on with where there are any. */
export async function memberRun(
  { run: { signal, checkpoints, checkpointEvery, resume, loggers, logEvery } }: Pick<NetworkSetting<Tensor>, 'run'>,
  name: string,
  onEvent: (event: TrainEvent) => void,
): Promise<RunOptions> {
  const folder = name.replaceAll(/[^a-z0-9]+/g, '-');
  const storage = checkpoints?.(folder);
  const isBegun = resume === true && storage !== undefined && (await storage.list()).length > 0;
  return {
    signal,
    onEvent,
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
  { name, lookback, skip, seed }: NetworkPlan,
  onEvent: (event: TrainEvent) => void,
): Promise<FittedMember> {
  const { backend, set, split, config, calendar } = setting;
  const { horizon, maxUpdates } = config;
  const recipe = new Forecaster(residualNhits(skip?.start), backend, {
    horizon,
    inputSize: Math.max(lookback, skip?.lookback ?? 0),
    calendar,
    seed,
    model: {
      lookback,
      linearSkip: skip !== null,
      calendar: columnsOfFeature * calendar.length,
      network: network(config.preset),
    },
  });
  const { count } = windows(set, { inputSize: 1, horizon, ranges: split.validation });
  const plan = recipe.plan(set, {
    ...training,
    split,
    validationStride: Math.ceil(count / mostValidationWindows),
    maxUpdates,
    warmupUpdates: Math.round(warmup * maxUpdates),
  });
  const { forecaster, result } = await recipe.fit(plan, await memberRun(setting, name, onEvent));
  return { predictor: forecaster, lookback, updates: result.updates, bestUpdate: result.best?.update ?? null };
}
