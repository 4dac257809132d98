import { elementwiseRule } from '@nt/tensor';
import { createReferenceBackend, type ReferenceTensor } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { readGolden } from './golden.ts';
import { expectNear } from './near.ts';
import { tolerances } from './tolerances.ts';

interface Losses {
  readonly dtype: string;
  readonly y: number[][];
  readonly y_hat: number[][];
  readonly mask: number[][];
  readonly y_hat_quantiles: number[][][];
  readonly quantiles: number[];
  readonly values: Record<string, number>;
}

const golden = readGolden<Losses>('losses');
const { ops } = createReferenceBackend();
const matrix = (rows: number[][]): ReferenceTensor => ops.tensor(rows.flat(), [rows.length, rows[0]!.length]);
const [y, yHat, mask] = [matrix(golden.y), matrix(golden.y_hat), matrix(golden.mask)];
const number = (x: number): ReferenceTensor => ops.tensor([x], []);
const error = ops.sub(y, yHat);
const masked = (x: ReferenceTensor): ReferenceTensor => ops.div(ops.sum(ops.mul(x, mask)), ops.sum(mask));
const square = ops.mul(error, error);
const pinball = (difference: ReferenceTensor, quantile: ReferenceTensor): ReferenceTensor =>
  ops.maximum(ops.mul(quantile, difference), ops.mul(ops.sub(quantile, number(1)), difference));

const huber = elementwiseRule({
  name: 'huber',
  inputs: ['error'],
  scalars: ['delta'],
  definitions: [['size', ['abs', 'error']]],
  outputs: [
    [
      'loss',
      [
        'select',
        ['<=', 'size', 'delta'],
        ['*', 0.5, ['*', 'size', 'size']],
        ['*', 'delta', ['-', 'size', ['*', 0.5, 'delta']]],
      ],
    ],
  ],
});

// neuralforecast computed these in float32, so they cannot be met to more than that.
it.each<[string, () => ReferenceTensor]>([
  ['MAE', () => masked(ops.abs(error))],
  ['MSE', () => masked(square)],
  ['RMSE', () => ops.sqrt(masked(square))],
  ['HuberLoss', () => masked(ops.elementwise(huber, { error }, { delta: 1 }).loss)],
  ['QuantileLoss_0_3', () => masked(pinball(error, number(0.3)))],
])('the reference computes %s as neuralforecast did in float32', async (name, loss) => {
  expect(golden.dtype).toBe('float32');
  expectNear(await loss().data(), [golden.values[name]!], tolerances.float32);
});

it('pinball of five quantiles, broadcast over the last axis, as neuralforecast did in float32', async () => {
  const [batch, horizon, outputs] = [golden.y.length, golden.y[0]!.length, golden.quantiles.length];
  const forecasts = ops.tensor(golden.y_hat_quantiles.flat(2), [batch, horizon, outputs]);
  const difference = ops.sub(ops.reshape(y, [batch, horizon, 1]), forecasts);
  const losses = pinball(difference, ops.tensor(golden.quantiles, [outputs]));
  // neuralforecast sums over the quantiles and averages over what the mask leaves.
  const total = ops.sum(ops.mul(losses, ops.reshape(mask, [batch, horizon, 1])));
  expectNear(await ops.div(total, ops.sum(mask)).data(), [golden.values['MQLoss_80_90']!], tolerances.float32);
});
