import { elementwiseRule, type NetworkOps, type Tensor } from '@nt/tensor';
import { maskedMedian } from './masked-median.ts';

/**
 * Ways to scale a window by itself, neuralforecast's `TemporalNorm`:
 *
 * - `none`;
 * - `standard`: mean and standard deviation (of the population);
 * - `robust`: median and median absolute deviation, or 0.674 standard deviations where that is 0;
 * - `minmax`: to [0, 1]; `minmax1`: to [−1, 1];
 * - `invariant`: as `robust`, then arcsinh;
 * - `revin`: as `standard`, with a bias and a weight that are trained on the way back (`scaler.revin_bias`,
 *   `scaler.revin_weight`).
 */
export const windowNormalizations = ['none', 'standard', 'robust', 'minmax', 'minmax1', 'invariant', 'revin'] as const;

/** One of `windowNormalizations`. */
export type WindowNormalization = (typeof windowNormalizations)[number];

/** Added to every scale, as in neuralforecast. */
export const scaleMargin = 1e-6;

/** Where each row lies and how wide it is, `[rows, 1]` each. */
export interface WindowStatistics<T extends Tensor> {
  readonly shift: T;
  readonly scale: T;
}

/**
 * Statistics of the observed values of each row. A constant row has scale 1, and so has one without observed values,
 * with shift 0 (neuralforecast's `minmax` gives infinite ones there). Not differentiable: they depend on data only.
 *
 * @param x `[rows, length]`
 * @param mask 1 where observed, 0 where not, `[rows, length]`
 * Source: neuralforecast 3.3's `_scalers.py`. Golden: test/golden/temporal_norm.json.
 */
export function windowStatistics<T extends Tensor>(
  ops: NetworkOps<T>,
  kind: Exclude<WindowNormalization, 'none'>,
  x: T,
  mask: T,
): WindowStatistics<T> {
  if (kind === 'minmax' || kind === 'minmax1') return range(ops, x, mask);
  const mean = maskedMean(ops, x, mask);
  const apart = ops.sub(x, mean);
  const deviation = ops.sqrt(maskedMean(ops, ops.mul(apart, apart), mask));
  if (kind === 'standard' || kind === 'revin') {
    return { shift: mean, scale: ops.elementwise(scaleRule, { wanted: deviation, instead: deviation }, {}).scale };
  }
  const median = maskedMedian(ops, x, mask);
  const wanted = maskedMedian(ops, ops.abs(ops.sub(x, median)), mask);
  const instead = ops.mul(deviation, ops.tensor([madOfNormal], []));
  return { shift: median, scale: ops.elementwise(scaleRule, { wanted, instead }, {}).scale };
}

/** Median absolute deviation of a Normal distribution with deviation 1. */
const madOfNormal = 0.6744897501960817;

const scaleRule = elementwiseRule({
  name: 'windowScale',
  inputs: ['wanted', 'instead'],
  scalars: [],
  definitions: [['usable', ['select', ['>', 'wanted', 0], 'wanted', 'instead']]],
  outputs: [['scale', ['+', ['select', ['>', 'usable', 0], 'usable', 1], scaleMargin]]],
});

const observedRule = elementwiseRule({
  name: 'observedValues',
  inputs: ['x', 'mask'],
  scalars: [],
  definitions: [['isObserved', ['>=', 'mask', 1]]],
  outputs: [
    ['value', ['select', 'isObserved', 'x', 0]],
    ['isObserved', 'isObserved'],
  ],
});

function maskedMean<T extends Tensor>(ops: NetworkOps<T>, x: T, mask: T): T {
  const { value, isObserved } = ops.elementwise(observedRule, { x, mask }, {});
  return ops.div(ops.sum(value, 1, true), ops.maximum(ops.sum(isObserved, 1, true), ops.tensor([1], [])));
}

const extremesRule = elementwiseRule({
  name: 'maskedExtremes',
  inputs: ['x', 'mask'],
  scalars: [],
  definitions: [],
  outputs: [
    ['upper', ['select', ['<', 'mask', 1], -3e38, 'x']],
    ['negative', ['select', ['<', 'mask', 1], -3e38, ['*', 'x', -1]]],
  ],
});

const rangeRule = elementwiseRule({
  name: 'windowRange',
  inputs: ['upper', 'negative'],
  scalars: [],
  definitions: [
    ['isEmpty', ['<=', 'upper', -3e38]],
    ['least', ['select', 'isEmpty', 0, ['*', 'negative', -1]]],
    ['width', ['-', ['select', 'isEmpty', 0, 'upper'], 'least']],
  ],
  outputs: [
    ['shift', 'least'],
    ['scale', ['+', ['select', ['>', 'width', 0], 'width', 1], scaleMargin]],
  ],
});

function range<T extends Tensor>(ops: NetworkOps<T>, x: T, mask: T): WindowStatistics<T> {
  const kernelSize = x.shape[1]!;
  const { upper, negative } = ops.elementwise(extremesRule, { x, mask }, {});
  const largest = (values: T): T => ops.maxPool1d(values, { kernelSize });
  return ops.elementwise(rangeRule, { upper: largest(upper), negative: largest(negative) }, {});
}
