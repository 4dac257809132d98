import type { DistributionName } from '../heads/head.ts';
import type { ModelFactory, ModelOptions } from './model-factory.ts';

/**
 * `forDistribution` of a network that can scale each window back: it would take widths and shapes for values. One read
 * from neuralforecast says so itself.
 */
export const inWindowScale: NonNullable<ModelFactory['forDistribution']> = (
  options: ModelOptions,
  distribution: DistributionName,
): ModelOptions => {
  const { windowNormalization = 'none' } = options;
  return windowNormalization === 'none' ? options : { scaleDecouple: distribution, ...options };
};
