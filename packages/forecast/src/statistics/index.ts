export {
  type BlockBootstrapOptions,
  type BootstrapInterval,
  blockBootstrap,
  defaultBlockLength,
} from './block-bootstrap.ts';
export { bootstrapMean } from './bootstrap-mean.ts';
export { pearson, spearman } from './correlation.ts';
export {
  type CorrelationInterval,
  type CorrelationIntervalOptions,
  correlationInterval,
} from './correlation-interval.ts';
export { type DieboldMariano, type DieboldMarianoOptions, dieboldMariano } from './diebold-mariano.ts';
export { normalCdf, normalQuantile } from './normal.ts';
export type { Spacing } from './overlap.ts';
export { studentTCdf, studentTQuantile } from './student-t.ts';
