import type { Precision } from '@nt/trainer';
import { ForecastError } from '../forecast-error.ts';
import { checkKeys } from '../forecaster-options.ts';
import { type AugmentationName, augmentationNames, augmentationOf } from './augmentations.ts';
import { type AverageName, averageNames } from './averages.ts';
import { type Chosen, checkName, chosen } from './choice.ts';
import { type LossName, lossNames, lossOf } from './losses.ts';
import { defaultRates, type OptimizerName, optimizerNames, takenOptimizerOptions } from './optimizers.ts';
import { type ScheduleName, scheduleNames, takenScheduleOptions } from './schedules.ts';
import {
  type LookaheadChoice,
  type NanPolicy,
  nanPolicyNames,
  precisionNames,
  type TrainingOptions,
} from './training-options.ts';
import { updateRecipe } from './update-recipe.ts';

/** Every option decided; JSON, so that a resumed run can be compared with the one before. */
export interface TrainingConfig {
  readonly loss: Chosen<LossName>;
  readonly optimizer: Chosen<OptimizerName>;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly lookahead: Required<LookaheadChoice> | null;
  readonly schedule: Chosen<ScheduleName>;
  readonly warmupUpdates: number;
  readonly accumulate: number;
  readonly gradientClipNorm: number;
  readonly gradientClipValue: number;
  readonly averaging: Chosen<AverageName>;
  readonly augment: readonly Chosen<AugmentationName>[];
  readonly precision: Precision | null;
  readonly nanPolicy: NanPolicy | null;
  readonly batchSize: number;
  readonly maxEpochs: number;
  readonly patience: number;
}

/**
 * Fills in what was not said and checks everything, also what only the chosen library functions can.
 *
 * @throws ForecastError `forecast/option`, and the errors of the chosen functions
 */
export function trainingConfig(options: TrainingOptions): TrainingConfig {
  const optimizer = chosen('optimizer', options.optimizer ?? 'adamw', optimizerNames, takenOptimizerOptions);
  const usualSchedule = optimizer.name === 'scheduleFreeAdamw' ? 'constant' : 'cosine';
  const config: TrainingConfig = {
    ...defaultRates(optimizer.name),
    warmupUpdates: 0,
    accumulate: 1,
    gradientClipNorm: 1,
    gradientClipValue: 0,
    batchSize: 128,
    maxEpochs: 100,
    patience: 10,
    precision: null,
    nanPolicy: null,
    ...options,
    optimizer,
    loss: chosen('loss', options.loss ?? 'mae', lossNames),
    lookahead: lookaheadOf(options.lookahead ?? false),
    schedule: chosen('schedule', options.schedule ?? usualSchedule, scheduleNames, takenScheduleOptions),
    averaging: chosen('averaging', options.averaging ?? 'none', averageNames),
    augment: (options.augment ?? []).map((one) => chosen('augment', one, augmentationNames)),
  };
  checkConfig(config);
  return config;
}

function lookaheadOf(lookahead: boolean | LookaheadChoice): TrainingConfig['lookahead'] {
  if (lookahead === false) return null;
  const given = lookahead === true ? {} : lookahead;
  checkKeys('lookahead', given, ['every', 'alpha']);
  return { every: 5, alpha: 0.5, ...given };
}

function checkConfig(config: TrainingConfig): void {
  if (config.precision !== null) checkName('precision', config.precision, precisionNames);
  if (config.nanPolicy !== null) checkName('nanPolicy', config.nanPolicy, nanPolicyNames);
  for (const name of ['batchSize', 'maxEpochs', 'accumulate'] as const) checkRange(name, config[name], 1, true);
  for (const name of ['warmupUpdates', 'patience'] as const) checkRange(name, config[name], 0, true);
  for (const name of ['learningRate', 'weightDecay', 'gradientClipNorm', 'gradientClipValue'] as const)
    checkRange(name, config[name], 0, false);
  if (config.optimizer.name === 'scheduleFreeAdamw' && (config.averaging.name !== 'none' || config.lookahead)) {
    throw new ForecastError(
      'forecast/option',
      'optimizer: scheduleFreeAdamw averages the weights itself; leave averaging and lookahead out, or choose another.',
      { option: 'optimizer', received: 'scheduleFreeAdamw' },
    );
  }
  // The chosen functions check their options when they are called; how long the run is makes no difference to that.
  lossOf(config.loss);
  config.augment.forEach(augmentationOf);
  updateRecipe(config, { totalUpdates: 1000, updatesPerEpoch: 10 });
}

function checkRange(name: string, value: number, minimum: number, whole: boolean): void {
  if (Number.isFinite(value) && value >= minimum && (!whole || Number.isInteger(value))) return;
  const kind = whole ? 'an integer' : 'a number';
  throw new ForecastError('forecast/option', `${name}: expected ${kind} >= ${minimum}, got ${value}.`, {
    option: name,
    received: value,
  });
}
