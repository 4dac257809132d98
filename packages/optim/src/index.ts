export { chain } from './chain.ts';
export { createOptimizer } from './create-optimizer.ts';
export { describeTransform, type TransformDescription } from './describe-transform.ts';
export type { OpenSnapshot, OptimizerSnapshot, OptimizerSnapshotHeader, SnapshotArray } from './driver/snapshot.ts';
export type {
  GradientTransform,
  Measured,
  Measurement,
  MeasureSource,
  ParameterInfo,
  ParameterPredicate,
  SlotStart,
  StepChanges,
  StepContext,
  StepSymbols,
  TransformStep,
} from './gradient-transform.ts';
export { type OnlyForOptions, onlyFor } from './only-for.ts';
export { OptimError, type OptimErrorCode } from './optim-error.ts';
export type { ApplyOptions, Optimizer, OptimizerOptions } from './optimizer.ts';
export type { Hyperparameter, HyperparameterRange, HyperparameterSetting } from './options/hyperparameter.ts';
export { type AdagradOptions, adagrad } from './recipes/adagrad.ts';
export { type AdamOptions, adam } from './recipes/adam.ts';
export { type AdamaxOptions, adamax } from './recipes/adamax.ts';
export { type AdamwOptions, adamw } from './recipes/adamw.ts';
export { type LambOptions, lamb } from './recipes/lamb.ts';
export { type LionOptions, lion } from './recipes/lion.ts';
export { type LookaheadOptions, lookahead } from './recipes/lookahead.ts';
export { type MuonOptions, muon } from './recipes/muon.ts';
export { type NadamOptions, nadam } from './recipes/nadam.ts';
export { type RadamOptions, radam } from './recipes/radam.ts';
export { type RmspropOptions, rmsprop } from './recipes/rmsprop.ts';
export { type ScheduleFreeAdamwOptions, scheduleFreeAdamw } from './recipes/schedule-free-adamw.ts';
export { type SgdOptions, sgd } from './recipes/sgd.ts';
export { type AccumulateMomentumOptions, accumulateMomentum } from './transforms/accumulate-momentum.ts';
export { type AdaptiveGradientClipOptions, adaptiveGradientClip } from './transforms/adaptive-gradient-clip.ts';
export { addDecayedWeights } from './transforms/add-decayed-weights.ts';
export { type AddGradientNoiseOptions, addGradientNoise } from './transforms/add-gradient-noise.ts';
export type { AveragingTimes } from './transforms/average-weights.ts';
export { centralizeGradients } from './transforms/centralize-gradients.ts';
export { clipByGlobalNorm } from './transforms/clip-by-global-norm.ts';
export { clipByValue } from './transforms/clip-by-value.ts';
export { type DescendOptions, descend } from './transforms/descend.ts';
export {
  type ExponentialMovingAverageOptions,
  exponentialMovingAverage,
} from './transforms/exponential-moving-average.ts';
export { negateGradients } from './transforms/negate-gradients.ts';
export { type OrthogonalizeOptions, orthogonalize } from './transforms/orthogonalize.ts';
export { type ScaleByAdamOptions, scaleByAdam } from './transforms/scale-by-adam.ts';
export { scaleByTrustRatio } from './transforms/scale-by-trust-ratio.ts';
export {
  type StochasticWeightAverageOptions,
  stochasticWeightAverage,
} from './transforms/stochastic-weight-average.ts';
