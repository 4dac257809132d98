import type { NamedArrays } from '@nt/tensor';
import type { FittedRidge } from '../fitted-ridge.ts';
import { LinearError } from '../linear-error.ts';
import { linearNames } from './create-linear.ts';
import type { LinearConfig } from './linear-options.ts';

/** A ridge as `createLinear` takes it. */
export interface RidgeNetwork {
  readonly options: LinearConfig;
  readonly start: NamedArrays;
}

/**
 * The network that forecasts what a ridge does, on scaled values: options and first weights for `createLinear`. Look-backs
 * and centres that were averaged are one matrix, whose weights of the target sum to 1, so its centre is the last value.
 *
 * @param series whose matrix; default the one that all series share
 * @throws LinearError `linear/option` for a series that was not in the fit
 */
export function ridgeNetwork(fitted: FittedRidge, series?: string): RidgeNetwork {
  const { columns, learned } = fitted.state;
  if (series !== undefined && !learned.ids.includes(series)) {
    const known = learned.ids.slice(0, 5).join(', ');
    throw new LinearError('linear/option', `series: expected one of the fit (${known} …), got '${series}'.`, {
      series,
    });
  }
  const { lookback, covariateLookback, horizon, historic, future, static: fixed } = columns;
  const hasCovariates = historic + future > 0;
  const inputSize = Math.max(lookback, hasCovariates ? covariateLookback : 0);
  const counts = { historic, future, static: fixed, covariateLookback: hasCovariates ? covariateLookback : 0 };
  const options: LinearConfig = { inputSize, horizon, outputs: 1, centre: 'last', season: 1, ...counts };
  const matrix = (series === undefined ? undefined : fitted.matrices.own.get(series)) ?? fitted.matrices.shared;
  return { options, start: networkWeights(matrix, horizon, inputSize - lookback) };
}

/**
 * @param matrix `[columns and a constant, horizon]`
 * @param unseen columns of 0 before the first
 */
function networkWeights(matrix: Float64Array, horizon: number, unseen: number): NamedArrays {
  const columns = matrix.length / horizon - 1;
  const width = unseen + columns;
  const weight = new Float64Array(horizon * width);
  for (let column = 0; column < columns; column++)
    for (let step = 0; step < horizon; step++)
      weight[step * width + unseen + column] = matrix[column * horizon + step]!;
  return {
    [linearNames.weight]: { shape: [horizon, width], dtype: 'float64', data: weight },
    [linearNames.bias]: { shape: [horizon], dtype: 'float64', data: matrix.slice(columns * horizon) },
  };
}
