import type { Json, NetworkOps, NeuralModel, Tensor } from '@nt/tensor';
import type { DistributionName } from '../heads/head.ts';

/** What the data and the forecaster decide about a network. */
export interface ModelSize {
  readonly inputSize: number;
  readonly horizon: number;
  /** Numbers for each forecast time step. */
  readonly outputs: number;
  /** Covariates of each kind. */
  readonly historic: number;
  readonly future: number;
  readonly static: number;
}

/** The network's own options, as they are written into model files. */
export type ModelOptions = Readonly<Record<string, Json>>;

/** How a network begins. */
export interface ModelInit {
  /** Of its weights. */
  readonly seed: number;
  /** Goes before the names of the engine's variables. */
  readonly scope: string;
  /** Weights are loaded next, so that none need be drawn. */
  readonly weightsFollow?: boolean;
}

/** How a forecaster makes its network. A new model is one such object; nothing else has to change. */
export interface ModelFactory {
  /** Written into model files; a file of another type is refused. */
  readonly modelType: string;
  /** @throws the model's error for options that it does not know or take */
  check(size: ModelSize, options: ModelOptions): void;
  /** The options when the outputs are the parameters of a distribution, for a network that has to know; default: as they are. */
  forDistribution?(options: ModelOptions, distribution: DistributionName): ModelOptions;
  /** @throws the model's error for options that it does not know or take */
  create<T extends Tensor>(ops: NetworkOps<T>, size: ModelSize, options: ModelOptions, init: ModelInit): NeuralModel<T>;
}
