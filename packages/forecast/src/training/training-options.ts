import type { Precision } from '@nt/trainer';
import { type LossChoice, lossNames } from '../heads/heads.ts';
import { choiceOption, flagOption, listOption, nameOption } from '../options/choice-options.ts';
import { realNumber, wholeNumber } from '../options/number-options.ts';
import type { DecidedOptions, GivenOptions, Option } from '../options/option.ts';
import { type AugmentationChoice, augmentationNames } from './augmentations.ts';
import { type AverageChoice, averageNames } from './averages.ts';
import { type LookaheadChoice, lookaheadOption } from './lookahead.ts';
import { defaultRates, type OptimizerChoice, optimizerNames, takenOptimizerOptions } from './optimizers.ts';
import { type ScheduleChoice, scheduleNames, takenScheduleOptions } from './schedules.ts';

/** What an engine may be asked to compute in. */
export const precisionNames: readonly Precision[] = ['float32', 'mixed-bfloat16', 'mixed-float16'];

/** What an update whose loss or gradient is not finite may do: end the run, be left out, throw. */
export const nanPolicyNames = ['stop', 'skip', 'error'] as const;
/** One of `nanPolicyNames`. */
export type NanPolicy = (typeof nanPolicyNames)[number];

type Before = { readonly optimizer: { readonly name: (typeof optimizerNames)[number] } };
const ratesOf = (before: unknown): ReturnType<typeof defaultRates> => defaultRates((before as Before).optimizer.name);

/** How a network is trained: every option once. Defaults that depend on others are decided in this order. */
export const trainingOptionTable = {
  /** What is minimised, and with it what the network gives: a point, quantiles or a distribution. */
  loss: choiceOption<LossChoice>()({ help: 'what is minimised', names: lossNames, default: 'mae' }),
  /** The rule of an update; `sgd` has momentum 0.9. */
  optimizer: choiceOption<OptimizerChoice>()({
    help: 'rule of an update',
    names: optimizerNames,
    default: 'adamw',
    taken: takenOptimizerOptions,
  }),
  /** The largest rate; default the optimizer's own, 1e-3 for adamw. */
  learningRate: realNumber({
    help: 'largest learning rate',
    min: 0,
    default: (before) => ratesOf(before).learningRate,
    otherwise: "the optimizer's own, 1e-3 for adamw",
  }),
  /** Default the optimizer's own: 1e-2 for adamw and lamb, 0.1 for muon, else 0. */
  weightDecay: realNumber({
    help: 'weight decay',
    min: 0,
    default: (before) => ratesOf(before).weightDecay,
    otherwise: "the optimizer's own, 1e-2 for adamw",
  }),
  /** Slow weights that follow the optimizer's; default false. */
  lookahead: lookaheadOption as Option<boolean | LookaheadChoice, Required<LookaheadChoice> | null>,
  /** Default `cosine`, down to 0 over all updates of the run; `constant` with scheduleFreeAdamw. */
  schedule: choiceOption<ScheduleChoice>()({
    help: 'learning rate over the run',
    names: scheduleNames,
    default: (before) => ((before as Before).optimizer.name === 'scheduleFreeAdamw' ? 'constant' : 'cosine'),
    otherwise: 'cosine',
    taken: takenScheduleOptions,
  }),
  /** Updates in which the rate rises from 0. */
  warmupUpdates: wholeNumber({ help: 'updates in which the rate rises from 0', min: 0, default: 0 }),
  /** Batches in an update, whose mean gradient is used. */
  accumulate: wholeNumber({ help: 'batches in an update', min: 1, default: 1 }),
  /** Limit of the gradients' global norm; 0 = no limit. */
  gradientClipNorm: realNumber({ help: "limit of the gradients' global norm, 0 = none", min: 0, default: 1 }),
  /** Limit of each number in a gradient, after the norm's; 0 = no limit. */
  gradientClipValue: realNumber({ help: 'limit of each number in a gradient, 0 = none', min: 0, default: 0 }),
  /** Averaged weights are validated, kept as best and left in the model. */
  averaging: choiceOption<AverageChoice>()({ help: 'average of the weights', names: averageNames, default: 'none' }),
  /** Changes to training windows, in this order. */
  augment: listOption<AugmentationChoice>()({ help: 'changes to training windows', names: augmentationNames }),
  /** What the engine must compute in; another engine is refused. Default: whatever it computes in. */
  precision: nameOption({
    help: 'what the engine must compute in',
    names: precisionNames,
    default: null,
    otherwise: "the engine's",
  }),
  /** What an update whose loss or gradient is not finite does; default: the run stops when a loss is read. */
  nanPolicy: nameOption({
    help: 'what a loss that is not finite does',
    names: nanPolicyNames,
    default: null,
    otherwise: 'the run stops when a loss is read',
  }),
  /** Windows in a batch. */
  batchSize: wholeNumber({ help: 'windows in a batch', min: 1, default: 128 }),
  /** Updates after which training ends; default: as many as the epochs have. */
  maxUpdates: wholeNumber({
    help: 'updates after which training ends',
    min: 1,
    default: null,
    otherwise: 'all of the epochs',
  }),
  /** Passes over all training windows; default 100, without limit when `maxUpdates` is given. */
  maxEpochs: wholeNumber({
    help: 'passes over the training windows',
    min: 1,
    default: ({ maxUpdates }) => (maxUpdates === null ? 100 : null),
    otherwise: '100',
  }),
  /** Updates between validation checks; default an epoch, but not fewer than 10 updates: small series have short epochs. */
  validationEvery: wholeNumber({
    help: 'updates between validation checks',
    min: 1,
    default: null,
    otherwise: 'an epoch, at least 10',
  }),
  /** Time steps between neighbouring validation windows: large sets need not all of theirs to see a gain. */
  validationStride: wholeNumber({ help: 'time steps between validation windows', min: 1, default: 1 }),
  /** Leaves the weights of the best validation check in the model; false: those of the last update. */
  restoreBestWeights: flagOption({ help: 'keep the weights of the best validation check', default: true }),
  /** Time steps after which a training window counts half as much as the newest one; default: all count alike. */
  recencyHalfLife: realNumber({ help: 'time steps after which a window counts half', min: 1e-3, default: null }),
  /** Trains also on windows that reach behind the training part, on their steps in it, as neuralforecast does. */
  partialTargets: flagOption({ help: 'train also on windows that end behind the training part', default: false }),
  /** Validation checks without improvement after which training stops; 0 = never. */
  patience: wholeNumber({
    help: 'validation checks without improvement before stopping, 0 = never',
    min: 0,
    default: 10,
  }),
};

/**
 * How a network is trained. Where there are several ways, a name chooses one, or an object with a name and options of
 * the library function: `optimizer: { name: 'adamw', beta2: 0.99 }`.
 */
export type TrainingOptions = GivenOptions<typeof trainingOptionTable>;

/** Every option decided; JSON, so that a resumed run can be compared with the one before. */
export type TrainingConfig = DecidedOptions<typeof trainingOptionTable>;
