import type { Tensor } from '@nt/tensor';
import { checkCheckpointOptions } from '../checkpoint/checkpoint-options.ts';
import { checkEarlyStopping } from '../run/early-stopping.ts';
import { checkLossScaling } from '../run/loss-scale.ts';
import { TrainerError } from '../trainer-error.ts';
import { badOption, checkOptions, type Expectation, type OptionRules } from './check-options.ts';
import {
  aboveZero,
  aFunction,
  anObject,
  count,
  countOrZero,
  flag,
  json,
  listOf,
  members,
  oneOf,
  text,
  texts,
} from './expectations.ts';
import type { Precision, TrainBatch, TrainOptions, ValidationOptions } from './train-options.ts';

/** What a model must have. */
export const modelMembers: Expectation = members('parameters', 'saveWeights', 'loadWeights');

/** What a batch source must have. */
export const batchMembers: Expectation = members('batchesPerEpoch', 'state', 'restore');

type AnyOptions = TrainOptions<Tensor, TrainBatch, unknown>;

const aTransform = members('name', 'steps');

const rules: OptionRules<AnyOptions> = {
  backend: members('ops', 'settle'),
  model: modelMembers,
  transform: aTransform,
  batches: batchMembers,
  toTensors: aFunction,
  lossOf: aFunction,
  weightOf: aFunction,
  describeBatch: aFunction,
  seed: countOrZero,
  maxEpochs: count,
  maxUpdates: count,
  maxTime: aboveZero,
  minUpdates: countOrZero,
  limitTrainBatches: count,
  limitValidationBatches: count,
  sanityValidationBatches: countOrZero,
  overfitBatches: count,
  fastDevRun: (value: unknown) =>
    typeof value === 'boolean' || count(value) === true || 'to be true, false or a whole number >= 1',
  validation: anObject,
  earlyStopping: anObject,
  monitor: text,
  mode: oneOf('min', 'max'),
  restoreBestWeights: flag,
  plateau: members('observe', 'state', 'restore'),
  accumulate: count,
  gradientClipNorm: aboveZero,
  gradientClipValue: aboveZero,
  averaging: aTransform,
  nanPolicy: oneOf('stop', 'skip', 'error'),
  precision: oneOf('float32', 'mixed-bfloat16', 'mixed-float16'),
  lossScaling: anObject,
  checkpoint: anObject,
  resumeFrom: text,
  resumeIfPresent: flag,
  config: json,
  allowChanged: texts,
  metadata: json,
  signal: members('aborted'),
  yieldEvery: (value: unknown) =>
    value === 'never' || (typeof value === 'number' && value >= 0) || "to be milliseconds >= 0 or 'never'",
  capture: (value: unknown) => value === 'auto' || value === false || "to be 'auto' or false",
  logEvery: count,
  loggers: listOf(members('log')),
  profiler: oneOf('simple'),
  clock: aFunction,
};

const required = ['backend', 'model', 'transform', 'batches', 'toTensors', 'lossOf'] as const;

/**
 * Checks all options of a run, each by itself and against each other.
 *
 * @throws TrainerError `trainer/unknown-option` naming the nearest, `trainer/bad-option`
 */
export function checkTrainOptions(options: AnyOptions): void {
  checkOptions('train', options, rules, required);
  if (options.validation) checkValidation(options.validation);
  if (options.earlyStopping) checkEarlyStopping(options.earlyStopping);
  if (options.checkpoint) checkCheckpointOptions(options.checkpoint);
  if (options.lossScaling) checkLossScaling(options.lossScaling);
  checkTogether(options);
}

function checkValidation(options: ValidationOptions<Tensor, TrainBatch, unknown>): void {
  const known = { batches: aFunction, everyEpochs: count, everyUpdates: count, metricsOf: aFunction };
  checkOptions('validation', options, known, ['batches']);
}

function checkTogether(options: AnyOptions): void {
  const { earlyStopping, monitor, mode, validation, fastDevRun } = options;
  if (!(options.maxEpochs || options.maxUpdates || options.maxTime || fastDevRun)) {
    throw badOption('train', 'maxEpochs, maxUpdates or maxTime', 'to be given', undefined);
  }
  checkPrecision(options);
  if (options.resumeFrom && !options.checkpoint)
    throw badOption('train', 'checkpoint', 'to be given with resumeFrom', undefined);
  if (options.resumeIfPresent && !options.resumeFrom) {
    throw badOption('train', 'resumeFrom', 'to be given with resumeIfPresent', undefined);
  }
  if (options.allowChanged && !options.resumeFrom)
    throw badOption('train', 'resumeFrom', 'to be given with allowChanged', undefined);
  if (earlyStopping?.monitor && monitor && earlyStopping.monitor !== monitor) {
    throw badOption('earlyStopping', 'monitor', `to be that of the run, '${monitor}'`, earlyStopping.monitor);
  }
  if (earlyStopping?.mode && mode && earlyStopping.mode !== mode) {
    throw badOption('earlyStopping', 'mode', `to be that of the run, '${mode}'`, earlyStopping.mode);
  }
  const validated = options.limitValidationBatches ?? options.sanityValidationBatches;
  if (validated && !validation) throw badOption('train', 'validation', 'to be given with its limits', undefined);
}

const makers: Readonly<Record<Precision, string>> = {
  float32: 'Use an engine such as createCpuBackend() of @nt/backend-cpu',
  'mixed-bfloat16': "Use createCpuBackend({ precision: 'mixed-bfloat16' }) of @nt/backend-cpu",
  'mixed-float16':
    "Use createWebgpuBackend({ precision: 'mixed-float16' }) of @nt/backend-webgpu on a GPU with shader-f16",
};

function checkPrecision({ backend, precision, lossScaling }: AnyOptions): void {
  const offered = backend.precision ?? 'float32';
  if (precision !== undefined && precision !== offered) {
    throw new TrainerError(
      'trainer/precision',
      `precision: expected a backend that computes in '${precision}'; found '${backend.name}', which computes in '${offered}'. ` +
        `${makers[precision]}, or leave the option out.`,
      { precision, backend: backend.name, offered },
    );
  }
  if (lossScaling && offered !== 'mixed-float16') {
    throw badOption('train', 'lossScaling', "only with precision 'mixed-float16'", offered);
  }
}
