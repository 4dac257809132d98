export { chain } from './chain.ts';
export { createOptimizer } from './create-optimizer.ts';
export type { OptimizerSnapshot, OptimizerSnapshotHeader } from './driver/snapshot.ts';
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
export { type AdamOptions, adam } from './recipes/adam.ts';
export { type AdamwOptions, adamw } from './recipes/adamw.ts';
export { type SgdOptions, sgd } from './recipes/sgd.ts';
export { type AccumulateMomentumOptions, accumulateMomentum } from './transforms/accumulate-momentum.ts';
export { addDecayedWeights } from './transforms/add-decayed-weights.ts';
export { clipByGlobalNorm } from './transforms/clip-by-global-norm.ts';
export { type DescendOptions, descend } from './transforms/descend.ts';
export { negateGradients } from './transforms/negate-gradients.ts';
export { type ScaleByAdamOptions, scaleByAdam } from './transforms/scale-by-adam.ts';
