import type { Precision } from '@nt/trainer';
import type { AugmentationChoice } from './augmentations.ts';
import type { AverageChoice } from './averages.ts';
import type { LossChoice } from './losses.ts';
import type { OptimizerChoice } from './optimizers.ts';
import type { ScheduleChoice } from './schedules.ts';

/** What an engine may be asked to compute in. */
export const precisionNames: readonly Precision[] = ['float32', 'mixed-bfloat16', 'mixed-float16'];

/** What an update whose loss or gradient is not finite may do: end the run, be left out, throw. */
export const nanPolicyNames = ['stop', 'skip', 'error'] as const;
/** One of `nanPolicyNames`. */
export type NanPolicy = (typeof nanPolicyNames)[number];

/** Options of the lookahead around an optimizer. */
export interface LookaheadChoice {
  /** Updates between two synchronisations; default 5. */
  readonly every?: number;
  /** How far the slow weights follow, in [0, 1]; default 0.5. */
  readonly alpha?: number;
}

/**
 * How a network is trained. Where there are several ways, a name chooses one, or an object with a name and options of
 * the library function: `optimizer: { name: 'adamw', beta2: 0.99 }`.
 */
export interface TrainingOptions {
  /** Default `mae`. */
  readonly loss?: LossChoice;
  /** Default `adamw`; `sgd` has momentum 0.9. */
  readonly optimizer?: OptimizerChoice;
  /** The largest rate; default the optimizer's own, 1e-3 for adamw. */
  readonly learningRate?: number;
  /** Default the optimizer's own: 1e-2 for adamw and lamb, 0.1 for muon, else 0. */
  readonly weightDecay?: number;
  /** Slow weights that follow the optimizer's; default false. */
  readonly lookahead?: boolean | LookaheadChoice;
  /** Default `cosine`, down to 0 over all updates of the run; `constant` with scheduleFreeAdamw. */
  readonly schedule?: ScheduleChoice;
  /** Updates in which the rate rises from 0; default 0. */
  readonly warmupUpdates?: number;
  /** Batches in an update, whose mean gradient is used; default 1. */
  readonly accumulate?: number;
  /** Limit of the gradients' global norm; default 1; 0 = no limit. */
  readonly gradientClipNorm?: number;
  /** Limit of each number in a gradient, after the norm's; default 0 = no limit. */
  readonly gradientClipValue?: number;
  /** Averaged weights are validated, kept as best and left in the model; default `none`. */
  readonly averaging?: AverageChoice;
  /** Changes to training windows, in this order; default none. */
  readonly augment?: readonly AugmentationChoice[];
  /** What the engine must compute in; another engine is refused. Default: whatever it computes in. */
  readonly precision?: Precision;
  /** What an update whose loss or gradient is not finite does; default: the run stops when a loss is read. */
  readonly nanPolicy?: NanPolicy;
  /** Windows in a batch; default 128. */
  readonly batchSize?: number;
  /** Passes over all training windows; default 100. */
  readonly maxEpochs?: number;
  /** Validation checks without improvement after which training stops; default 10; 0 = never. */
  readonly patience?: number;
}

/** The names of `TrainingOptions`, to tell them from others. */
export const trainingKeys: readonly (keyof TrainingOptions)[] = [
  'loss',
  'optimizer',
  'learningRate',
  'weightDecay',
  'lookahead',
  'schedule',
  'warmupUpdates',
  'accumulate',
  'gradientClipNorm',
  'gradientClipValue',
  'averaging',
  'augment',
  'precision',
  'nanPolicy',
  'batchSize',
  'maxEpochs',
  'patience',
];
