export { type AsTfOptimizerOptions, asTfOptimizer } from './as-tf-optimizer.ts';
export type { NamedTensor } from './named-tensors.ts';
export type { TfOptimizer, TfOptimizerSettings } from './tf-optimizer.ts';
