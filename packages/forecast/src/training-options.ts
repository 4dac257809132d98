import { adam, adamw, type GradientTransform, type Hyperparameter, rmsprop, sgd } from '@nt/optim';
import { constant, cosine, type Schedule, warmup } from '@nt/schedulers';
import { huber, type Loss, mae, mse } from '@nt/trainer/losses';
import { ForecastError } from './forecast-error.ts';

/** Losses by name. All are means over what was observed, on scaled values. */
export const lossNames = ['mae', 'mse', 'huber'] as const;
/** One of `lossNames`. */
export type LossName = (typeof lossNames)[number];

/** Optimizers by name, with PyTorch's defaults. */
export const optimizerNames = ['adamw', 'adam', 'sgd', 'rmsprop'] as const;
/** One of `optimizerNames`. */
export type OptimizerName = (typeof optimizerNames)[number];

/** Learning rates over a run, by name. */
export const scheduleNames = ['cosine', 'constant'] as const;
/** One of `scheduleNames`. */
export type ScheduleName = (typeof scheduleNames)[number];

/** How a network is trained. */
export interface TrainingOptions {
  /** Default `mae`. */
  readonly loss?: LossName;
  /** Default `adamw`; `sgd` has momentum 0.9. */
  readonly optimizer?: OptimizerName;
  /** The largest rate; default 1e-3. */
  readonly learningRate?: number;
  /** Default 1e-2 for adamw (decoupled), 0 for the others (L2). */
  readonly weightDecay?: number;
  /** Default `cosine`: down to 0 over all updates of the run. */
  readonly schedule?: ScheduleName;
  /** Updates in which the rate rises from 0; default 0. */
  readonly warmupUpdates?: number;
  /** Limit of the gradients' global norm; default 1; 0 = no limit. */
  readonly gradientClipNorm?: number;
  /** Windows in an update; default 128. */
  readonly batchSize?: number;
  /** Passes over all training windows; default 100. */
  readonly maxEpochs?: number;
  /** Validation checks without improvement after which training stops; default 10; 0 = never. */
  readonly patience?: number;
}

/** Every option filled in. */
export type TrainingConfig = Required<TrainingOptions>;

/** @throws ForecastError `forecast/option` */
export function trainingConfig(options: TrainingOptions): TrainingConfig {
  const optimizer = options.optimizer ?? 'adamw';
  const config: TrainingConfig = {
    loss: 'mae',
    learningRate: 1e-3,
    weightDecay: optimizer === 'adamw' ? 1e-2 : 0,
    schedule: 'cosine',
    warmupUpdates: 0,
    gradientClipNorm: 1,
    batchSize: 128,
    maxEpochs: 100,
    patience: 10,
    ...options,
    optimizer,
  };
  checkChoice('loss', config.loss, lossNames);
  checkChoice('optimizer', config.optimizer, optimizerNames);
  checkChoice('schedule', config.schedule, scheduleNames);
  for (const name of ['batchSize', 'maxEpochs'] as const) checkRange(name, config[name], 1, true);
  for (const name of ['warmupUpdates', 'patience'] as const) checkRange(name, config[name], 0, true);
  for (const name of ['learningRate', 'weightDecay', 'gradientClipNorm'] as const)
    checkRange(name, config[name], 0, false);
  return config;
}

/** The names of `TrainingOptions`, to tell them from others. */
export const trainingKeys: readonly (keyof TrainingOptions)[] = [
  'loss',
  'optimizer',
  'learningRate',
  'weightDecay',
  'schedule',
  'warmupUpdates',
  'gradientClipNorm',
  'batchSize',
  'maxEpochs',
  'patience',
];

/** The loss function of a name. */
export function lossOf({ loss }: TrainingConfig): Loss {
  return { mae, mse, huber: huber() }[loss];
}

/** The recipe with its schedule over `totalUpdates`. */
export function transformOf(config: TrainingConfig, totalUpdates: number): GradientTransform {
  const { optimizer, weightDecay } = config;
  const learningRate: Hyperparameter = scheduleOf(config, totalUpdates);
  if (optimizer === 'sgd') return sgd({ learningRate, weightDecay, momentum: 0.9 });
  return { adamw, adam, rmsprop }[optimizer]({ learningRate, weightDecay });
}

function scheduleOf({ schedule, learningRate, warmupUpdates }: TrainingConfig, totalUpdates: number): Schedule {
  const main =
    schedule === 'constant'
      ? constant({ learningRate })
      : cosine({ learningRate, tMax: Math.max(totalUpdates - warmupUpdates, 1) });
  return warmupUpdates === 0 ? main : warmup({ schedule: main, warmupUpdates });
}

function checkChoice(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw new ForecastError('forecast/option', `${name}: expected one of ${allowed.join(', ')}, got '${value}'.`, {
    option: name,
    received: value,
  });
}

function checkRange(name: string, value: number, minimum: number, whole: boolean): void {
  if (Number.isFinite(value) && value >= minimum && (!whole || Number.isInteger(value))) return;
  const kind = whole ? 'an integer' : 'a number';
  throw new ForecastError('forecast/option', `${name}: expected ${kind} >= ${minimum}, got ${value}.`, {
    option: name,
    received: value,
  });
}
