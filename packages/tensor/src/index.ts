export { type Activation, activations, leakyReluSlope, seluAlpha, seluScale } from './activation.ts';
export type { Backend, BackendDescription, BackendMemory } from './backend.ts';
export type { CapturedCall, CapturedResults, CaptureReport, CaptureSite } from './capture.ts';
export { type FirstAvailable, firstAvailable } from './first-available.ts';
export {
  type KernelName,
  kernelNames,
  type MlpGradKernelAttributes,
  type MlpKernelAttributes,
  type RandomUniformKernelAttributes,
} from './kernel-names.ts';
export type { NamedArray, NamedArrays } from './named-arrays.ts';
export { nearestName } from './nearest-name.ts';
export type { DenseLayer, NetworkOps, Pool1dOptions, ValueAndGradients } from './network-ops.ts';
export type { ForwardRun, Json, NeuralModel, WindowTensors } from './neural-model.ts';
export { philox } from './random/philox.ts';
export type { RandomKey } from './random/random-key.ts';
export { uniformValues } from './random/uniform-values.ts';
export { donorsOf } from './rules/donors-of.ts';
export {
  type ElementwiseKernelAttributes,
  type ElementwiseOptions,
  type ElementwiseRule,
  elementwiseRule,
  type LateScalars,
} from './rules/elementwise-rule.ts';
export {
  type BinaryOperation,
  binaryOperations,
  type Expression,
  type UnaryOperation,
  unaryOperations,
  visitNames,
} from './rules/expression.ts';
export { finiteRule } from './rules/finite-rule.ts';
export { digammaRule, logGammaRule } from './rules/log-gamma-rules.ts';
export { type RuleOperation, ruleOperations } from './rules/rule-operations.ts';
export type { Tensor, TensorDtype, TensorValues, Variable } from './tensor.ts';
export { TensorError, type TensorErrorCode } from './tensor-error.ts';
export type { TensorOps } from './tensor-ops.ts';
