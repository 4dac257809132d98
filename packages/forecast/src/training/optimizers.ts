import {
  type AdagradOptions,
  type AdamaxOptions,
  type AdamOptions,
  type AdamwOptions,
  adagrad,
  adam,
  adamax,
  adamw,
  type GradientTransform,
  type Hyperparameter,
  type LambOptions,
  type LionOptions,
  lamb,
  lion,
  type MuonOptions,
  muon,
  type NadamOptions,
  nadam,
  type RadamOptions,
  type RmspropOptions,
  radam,
  rmsprop,
  type ScheduleFreeAdamwOptions,
  type SgdOptions,
  scheduleFreeAdamw,
  sgd,
} from '@nt/optim';
import type { Choice, Chosen, Constants } from '../options/choice.ts';

/** Options of a recipe that are not the forecaster's own; a forecaster always descends. */
export const takenOptimizerOptions = ['learningRate', 'weightDecay', 'warmupUpdates', 'maximize'] as const;
type Own<Options> = Constants<Options, (typeof takenOptimizerOptions)[number]>;

/** Optimizers of `@nt/optim` by name, with their options. */
export interface OptimizerCatalogue {
  readonly sgd: Own<SgdOptions>;
  readonly adam: Own<AdamOptions>;
  readonly adamw: Own<AdamwOptions>;
  readonly rmsprop: Own<RmspropOptions>;
  readonly nadam: Own<NadamOptions>;
  readonly radam: Own<RadamOptions>;
  readonly adagrad: Own<AdagradOptions>;
  readonly adamax: Own<AdamaxOptions>;
  readonly lamb: Own<LambOptions>;
  readonly lion: Own<LionOptions>;
  readonly muon: Own<Omit<MuonOptions, 'matrices' | 'adamw'>>;
  readonly scheduleFreeAdamw: Own<ScheduleFreeAdamwOptions>;
}
/** One of `optimizerNames`. */
export type OptimizerName = keyof OptimizerCatalogue;
/** An optimizer, perhaps with options: `{ name: 'adamw', beta2: 0.99 }`. */
export type OptimizerChoice = Choice<OptimizerCatalogue>;

interface Rates {
  readonly learningRate: Hyperparameter;
  readonly weightDecay: number;
}
interface Entry {
  /** The recipe's own default. */
  readonly learningRate: number;
  /** The recipe's own default. */
  readonly weightDecay: number;
  readonly create: (options: Rates) => GradientTransform;
}

const optimizers: Readonly<Record<OptimizerName, Entry>> = {
  adamw: { learningRate: 1e-3, weightDecay: 1e-2, create: adamw },
  adam: { learningRate: 1e-3, weightDecay: 0, create: adam },
  // Without momentum it is no rival for the others.
  sgd: { learningRate: 1e-3, weightDecay: 0, create: (options) => sgd({ momentum: 0.9, ...options }) },
  rmsprop: { learningRate: 1e-2, weightDecay: 0, create: rmsprop },
  nadam: { learningRate: 2e-3, weightDecay: 0, create: nadam },
  radam: { learningRate: 1e-3, weightDecay: 0, create: radam },
  adagrad: { learningRate: 1e-2, weightDecay: 0, create: adagrad },
  adamax: { learningRate: 2e-3, weightDecay: 0, create: adamax },
  lamb: { learningRate: 1e-3, weightDecay: 1e-2, create: lamb },
  lion: { learningRate: 1e-4, weightDecay: 0, create: lion },
  // Biases follow the same schedule; they have AdamW's decay.
  muon: {
    learningRate: 1e-3,
    weightDecay: 0.1,
    create: (options) => muon({ ...options, adamw: { learningRate: options.learningRate } }),
  },
  scheduleFreeAdamw: { learningRate: 2.5e-3, weightDecay: 0, create: scheduleFreeAdamw },
};

/** Optimizers by name, with the defaults of `@nt/optim` (PyTorch's where it has them); `sgd` has momentum 0.9. */
export const optimizerNames: readonly OptimizerName[] = Object.keys(optimizers) as OptimizerName[];

/** What holds when the forecaster is not told. */
export const defaultRates = (name: OptimizerName): { readonly learningRate: number; readonly weightDecay: number } => {
  const { learningRate, weightDecay } = optimizers[name];
  return { learningRate, weightDecay };
};

/** @throws OptimError for options that the recipe does not have or take */
export function optimizerOf({ name, ...options }: Chosen<OptimizerName>, rates: Rates): GradientTransform {
  return optimizers[name].create({ ...options, ...rates });
}
