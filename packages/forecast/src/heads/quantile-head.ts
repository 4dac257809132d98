import type { NetworkOps, Tensor } from '@nt/tensor';
import { multiQuantileLoss } from '@nt/trainer/losses';
import { checkKeys } from '../options/check-keys.ts';
import { badOption } from '../options/option.ts';
import { checkQuantiles } from '../predict/predict-options.ts';
import type { Head } from './head.ts';

/** What becomes of quantiles that come out in the wrong order. */
export const crossingNames = ['repair', 'prevent', 'allow'] as const;

/** Options of the loss `quantile`. */
export interface QuantileHeadOptions {
  /** In (0, 1), ascending, with 0.5, the point forecast; default those of 80 % and 95 % intervals and the median. */
  readonly quantiles?: readonly number[];
  /**
   * `repair` (default): what the network gives is put in order, which never makes the pinball loss larger (Chernozhukov,
   * Fernández-Val & Galichon 2010). `prevent`: the network gives the median and distances from quantile to quantile, so that
   * they cannot cross, also in training. `allow`: as the network gives them, as neuralforecast's MQLoss.
   */
  readonly crossing?: (typeof crossingNames)[number];
}

/**
 * Several quantiles at once, trained by their mean pinball loss; the point forecast is the median.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 */
export function quantileHead(options: QuantileHeadOptions): Head {
  checkKeys('quantile', options, ['quantiles', 'crossing']);
  const { quantiles = [0.025, 0.1, 0.5, 0.9, 0.975], crossing = 'repair' } = options;
  checkQuantiles('quantile: quantiles', quantiles);
  const median = quantiles.indexOf(0.5);
  if (median < 0) throw badOption('quantile: quantiles', '0.5 among them, which is the point forecast', quantiles);
  if (!crossingNames.includes(crossing))
    throw badOption('quantile: crossing', `one of ${crossingNames.join(', ')}`, crossing);
  const count = quantiles.length;
  const loss = multiQuantileLoss(quantiles);
  const isPrevented = crossing === 'prevent' && count > 1;
  const matrix = stepsFrom(median, count);
  return {
    outputs: count,
    quantiles,
    data: 'any scale',
    loss: isPrevented
      ? (ops, output, target, where) => loss(ops, inOrder(ops, output, median, matrix), target, where)
      : loss,
    read: (outputs, asked) => {
      const columns = asked.map(() => new Float64Array(outputs.length / count));
      const point = new Float64Array(outputs.length / count);
      const places = asked.map((quantile) => quantiles.indexOf(quantile));
      const values = new Float64Array(count);
      for (let row = 0; row < point.length; row++) {
        values.set(outputs.subarray(row * count, (row + 1) * count));
        if (isPrevented) addSteps(values, median);
        if (crossing === 'repair') values.sort();
        point[row] = values[median]!;
        places.forEach((place, i) => {
          columns[i]![row] = values[place]!;
        });
      }
      return { point, quantiles: columns };
    },
  };
}

/** `[count − 1, count]`: which steps between neighbours lie between the median and each quantile, with their sign. */
function stepsFrom(median: number, count: number): Float32Array {
  return Float32Array.from({ length: (count - 1) * count }, (_, i) => {
    const [step, quantile] = [Math.floor(i / count), i % count];
    if (quantile > median) return step >= median && step < quantile ? 1 : 0;
    return step >= quantile && step < median ? -1 : 0;
  });
}

/** The median, and from there softplus of the differences between neighbours: whatever moves all outputs moves only it. */
function inOrder<T extends Tensor>(ops: NetworkOps<T>, output: T, median: number, matrix: Float32Array): T {
  const [batch, horizon, count] = output.shape as [number, number, number];
  const size = [batch, horizon, count - 1];
  const apart = ops.sub(ops.slice(output, [0, 0, 1], size), ops.slice(output, [0, 0, 0], size));
  const middle = ops.slice(output, [0, 0, median], [batch, horizon, 1]);
  return ops.add(ops.constMatMul(ops.softplus(apart), ops.tensor(matrix, [count - 1, count])), middle);
}

/** `inOrder` on numbers. */
function addSteps(values: Float64Array, median: number): void {
  const raw = Float64Array.from(values);
  const step = (k: number): number => {
    const apart = raw[k + 1]! - raw[k]!;
    return Math.max(apart, 0) + Math.log1p(Math.exp(-Math.abs(apart)));
  };
  for (let k = median + 1; k < raw.length; k++) values[k] = values[k - 1]! + step(k - 1);
  for (let k = median - 1; k >= 0; k--) values[k] = values[k + 1]! - step(k);
}
