import type { Backend, NetworkOps, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  freDF,
  huber,
  type Loss,
  mae,
  maeMse,
  mape,
  multiQuantileLoss,
  negativeBinomialLoss,
  normalLoss,
  rmse,
  smape,
  studentTLoss,
  tukey,
} from '../src/losses/index.ts';
import { cancellingOnStock, gradientOnStock } from './tolerances.ts';
import { stockBackend } from './toy/stock-backend.ts';

const reference = createReferenceBackend();
let stock: Backend<Tensor>;
beforeAll(async () => {
  stock = await stockBackend();
});
afterAll(() => stock.dispose());

describe('losses', () => {
  const differentiable: [name: string, loss: Loss, outputs: number[][]][] = [
    ['mae', mae, [[0.3], [1.7]]],
    ['maeMse', maeMse, [[0.3], [1.7]]],
    ['rmse', rmse, [[0.3], [1.7]]],
    ['mape', mape, [[0.3], [1.7]]],
    ['smape', smape, [[0.3], [1.7]]],
    ['huber', huber(), [[0.3], [4.7]]],
    ['tukey', tukey(), [[0.3], [1.7]]],
    ['freDF', freDF(), [[0.3], [1.7]]],
    [
      'multiQuantile',
      multiQuantileLoss([0.1, 0.8]),
      [
        [0.3, 0.9],
        [1.7, 2.2],
      ],
    ],
    [
      'normal',
      normalLoss(),
      [
        [0.3, 0.9],
        [1.7, 2.2],
      ],
    ],
    [
      'studentT',
      studentTLoss(),
      [
        [3, 0.3, 0.9],
        [5, 1.7, 2.2],
      ],
    ],
    [
      'negativeBinomial',
      negativeBinomialLoss(),
      [
        [0.3, 0.9],
        [1.7, 2.2],
      ],
    ],
  ];

  it.each(differentiable)(
    '%s: gradients on the stock engine agree with central differences',
    async (name, loss, outputs) => {
      const exact = await gradientOf(reference.ops, loss, outputs, `${name}`);
      const found = await gradientOf(stock.ops, loss, outputs, `${name}`);
      const largest = Math.max(...exact.map(Math.abs));
      expect(largest).toBeGreaterThan(0.01);
      exact.forEach((value, i) => {
        expect(Math.abs(found[i]! - value)).toBeLessThan(gradientOnStock * largest);
      });
    },
  );

  // Of a network these gradients are a part, and they are multiplied by 1/α²: their digits are not to be lost in log Γ.
  it.each<[string, Loss, number[]]>([
    ['counts of little dispersion', negativeBinomialLoss(), [15, 0.01, 18]],
    ['counts of hardly any dispersion', negativeBinomialLoss(), [15, 0.002, 30]],
    ['counts of none', negativeBinomialLoss(), [2, 0.02, 0]],
    ['counts of much dispersion', negativeBinomialLoss(), [15, 20, 3]],
    ['many degrees of freedom', studentTLoss(), [100, 1, 2, 9]],
  ])('%s: gradients keep their digits in float32', async (name, loss, [...numbers]) => {
    const target = numbers.pop()!;
    const exact = await gradientOf(reference.ops, loss, [numbers], `digits ${name}`, [target]);
    const found = await gradientOf(stock.ops, loss, [numbers], `digits ${name}`, [target]);
    exact.forEach((value, i) => void expect(Math.abs(found[i]! / value - 1), `${i}`).toBeLessThan(cancellingOnStock));
  });

  it('a perfect forecast has a finite gradient', async () => {
    for (const loss of [mae, rmse, freDF()]) {
      const gradient = await gradientOf(stock.ops, loss, [[1], [2]], 'perfect');
      expect(gradient.map(Math.abs)).toEqual([0, 0]);
    }
  });
});

async function gradientOf<T extends Tensor>(
  ops: NetworkOps<T>,
  loss: Loss,
  outputs: number[][],
  name: string,
  target = [1, 2],
): Promise<number[]> {
  const initial = ops.tensor(outputs.flat(), [1, outputs.length, outputs[0]!.length]);
  const prediction = ops.variable(initial, { name });
  const { value, grads } = ops.variableGrads(
    () => loss(ops, prediction, ops.tensor(target, [1, target.length])),
    [prediction],
  );
  const gradient = Array.from(await grads[name]!.data());
  for (const tensor of [initial, prediction, value, grads[name]!]) tensor.dispose();
  return gradient;
}
