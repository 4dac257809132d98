export { bias } from './bias.ts';
export { crps } from './crps.ts';
export { crpsFromSamples } from './crps-from-samples.ts';
export { type DirectionalAccuracyOptions, directionalAccuracy } from './directional-accuracy.ts';
export { coverage, type IntervalForecast, intervalWidth, type WinklerOptions, winkler } from './interval-metrics.ts';
export { mae } from './mae.ts';
export { mape } from './mape.ts';
export { mase, type ScaledMetricOptions } from './mase.ts';
export { maseScale, rmsseScale } from './mase-scale.ts';
export {
  checkMetricNames,
  computeMetric,
  type MetricEntry,
  type MetricInput,
  type MetricInputs,
  type MetricName,
  metricCatalogue,
  metricNames,
} from './metric-catalogue.ts';
export type { MetricOptions } from './metric-options.ts';
export { mse } from './mse.ts';
export { pinball } from './pinball.ts';
export type { QuantileMetricOptions } from './quantile-options.ts';
export { r2 } from './r2.ts';
export { rmse } from './rmse.ts';
export { rmsse } from './rmsse.ts';
export { smape } from './smape.ts';
export { smape100 } from './smape100.ts';
export { wape } from './wape.ts';
export { weightedQuantileLoss } from './weighted-quantile-loss.ts';
