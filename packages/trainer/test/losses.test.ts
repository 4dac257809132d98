import { readFileSync } from 'node:fs';
import type { Backend, NetworkOps, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  freDF,
  huber,
  type Loss,
  type LossWhere,
  mae,
  maeMse,
  mape,
  mase,
  mse,
  multiQuantileLoss,
  negativeBinomialLoss,
  normalLoss,
  quantileLoss,
  rmse,
  smape,
  studentTLoss,
  tukey,
} from '../src/losses/index.ts';
import { closedForm, goldenOnReference, goldenOnStock, unitMass } from './tolerances.ts';
import { stockBackend } from './toy/stock-backend.ts';

const golden = JSON.parse(readFileSync(new URL('golden/losses.json', import.meta.url), 'utf8')) as {
  readonly y: number[][];
  readonly y_hat: number[][];
  readonly mask: number[][];
  readonly y_insample: number[][];
  readonly y_hat_quantiles: number[][][];
  readonly quantiles: number[];
  readonly values: Record<string, number>;
};

const reference = createReferenceBackend();
let stock: Backend<Tensor>;
beforeAll(async () => {
  stock = await stockBackend();
});
afterAll(() => stock.dispose());

const rows = (matrix: readonly (readonly number[])[]): number[] => matrix.flat();
const goldenSize = [golden.y.length, golden.y[0]!.length] as const;

/** Evaluates a loss on the golden windows, with their mask. */
async function onGolden<T extends Tensor>(ops: NetworkOps<T>, loss: Loss, quantiles = false): Promise<number> {
  const [batch, horizon] = goldenSize;
  const prediction = quantiles ? golden.y_hat_quantiles.flat(2) : rows(golden.y_hat);
  const outputs = quantiles ? golden.quantiles.length : 1;
  const value = ops.tidy(() =>
    loss(ops, ops.tensor(prediction, [batch, horizon, outputs]), ops.tensor(rows(golden.y), [batch, horizon]), {
      mask: ops.tensor(rows(golden.mask), [batch, horizon]),
    }),
  );
  const number = (await value.data())[0]!;
  value.dispose();
  return number;
}

/** Every window with the input window `row`: neuralforecast's own broadcasting adds these up over all rows. */
const maseWithInput =
  (row: number): Loss =>
  (ops, prediction, target, where) => {
    const insample = ops.tensor(Array(4).fill(golden.y_insample[row]).flat(), [4, 24]);
    return mase({ seasonality: 4 })(ops, prediction, target, { ...where, insample });
  };

const pairs: [name: string, loss: Loss, quantiles?: boolean, factor?: number][] = [
  ['MAE', mae],
  ['MSE', mse],
  ['RMSE', rmse],
  ['MAPE', mape],
  ['SMAPE', smape],
  ['HuberLoss', huber()],
  ['QuantileLoss_0_3', quantileLoss(0.3)],
  ['MQLoss_80_90', multiQuantileLoss(golden.quantiles), true, 1 / 5],
];

describe('losses', () => {
  it.each(pairs)('%s agrees with neuralforecast on masked windows', async (name, loss, quantiles, factor = 1) => {
    const expected = golden.values[name]! * factor;
    expect(Math.abs((await onGolden(reference.ops, loss, quantiles)) / expected - 1)).toBeLessThan(goldenOnReference);
    expect(Math.abs((await onGolden(stock.ops, loss, quantiles)) / expected - 1)).toBeLessThan(goldenOnStock);
  });

  it('maeMse is half of either, over what counts', async () => {
    const expected = (golden.values['MAE']! + golden.values['MSE']!) / 2;
    expect(Math.abs((await onGolden(reference.ops, maeMse)) / expected - 1)).toBeLessThan(goldenOnReference);
  });

  it('mase agrees with neuralforecast, which sums over the input windows of the whole batch', async () => {
    let sum = 0;
    for (const row of [0, 1, 2, 3]) sum += await onGolden(reference.ops, maseWithInput(row));
    expect(Math.abs(sum / golden.values['MASE_4']! - 1)).toBeLessThan(goldenOnReference);
    const each = (row: number) => onGolden(stock.ops, maseWithInput(row));
    expect((await each(0)) + (await each(1)) + (await each(2)) + (await each(3))).toBeCloseTo(sum, 5);
  });

  it('mase measures each window with its own naive error', () => {
    const { ops } = reference;
    const value = ops.tidy(() =>
      mase({ seasonality: 1 })(ops, ops.tensor([1, 1], [2, 1, 1]), ops.tensor([3, 3], [2, 1]), {
        insample: ops.tensor([0, 1, 0, 4], [2, 2]),
      }),
    );
    expect(value.values[0]).toBeCloseTo((2 / 1 + 2 / 4) / 2, 12);
  });

  it('freDF has the transform of neuralforecast, and masks it, too', async () => {
    const { ops } = reference;
    const [batch, horizon] = goldenSize;
    const inFrequency = ops.tidy(() =>
      freDF({ alpha: 1 })(
        ops,
        ops.tensor(rows(golden.y_hat), [batch, horizon, 1]),
        ops.tensor(rows(golden.y), [batch, horizon]),
      ),
    ).values[0]!;
    const expected = 2 * golden.values['FreDF']! - golden.values['MSE']!;
    expect(Math.abs(inFrequency / expected - 1)).toBeLessThan(goldenOnReference);
    const masked = await onGolden(ops, freDF({ alpha: 1 }));
    expect(Math.abs(masked - inFrequency)).toBeGreaterThan(0.01);
    const half = await onGolden(ops, freDF());
    expect(half).toBeCloseTo((masked + (await onGolden(ops, mse))) / 2, 12);
  });

  it("tukey is the complement of neuralforecast's inside its bounds, whose sign is reversed", async () => {
    const limit = 4.685 ** 2 / 6;
    const { ops } = reference;
    const points = rows(golden.y).map((target, i) => ({
      target,
      prediction: golden.y_hat.flat()[i]!,
      mask: rows(golden.mask)[i]!,
    }));
    const theirs = points.map(({ target, prediction, mask }) => {
      const errors = [prediction, target].map((value) => value / 0.01);
      const ours = ops.tidy(() =>
        tukey({ normalize: false })(ops, ops.tensor([errors[0]!], [1, 1, 1]), ops.tensor([errors[1]!], [1, 1])),
      ).values[0]!;
      const inside = Math.abs(errors[0]! - errors[1]!) <= 4.685;
      return inside ? mask * (limit - ours) : ours;
    });
    const mean = theirs.reduce((a, b) => a + b, 0) / theirs.length;
    expect(Math.abs(mean / golden.values['TukeyLoss']! - 1)).toBeLessThan(goldenOnReference);
  });

  it('tukey measures errors in standard deviations of each window unless told not to', () => {
    const value = evaluate(tukey(), [[1], [2], [3]], [[0, 2, 4]]);
    const deviation = Math.sqrt(8 / 3) + 0.01;
    const rho = (e: number) => (4.685 ** 2 / 6) * (1 - (1 - (e / deviation / 4.685) ** 2) ** 3);
    expect(value).toBeCloseTo((rho(1) + rho(0) + rho(1)) / 3, 12);
    expect(evaluate(tukey({ c: 2, normalize: false }), [[9]], [[0]])).toBeCloseTo(4 / 6, 12);
  });

  it('weights count points, a wholly masked batch gives 0 with a gradient of 0', () => {
    expect(evaluate(mae, [[1], [5]], [[0, 0]], { weights: [3, 1] })).toBeCloseTo(2, 12);
    expect(evaluate(mae, [[1], [5]], [[0, 0]], { weights: [3, 1], mask: [0, 1] })).toBeCloseTo(5, 12);
    expect(evaluate(mse, [[1], [5]], [[0, 0]], { mask: [0, 0] })).toBe(0);
  });

  it('relative errors of targets that are 0 are 0, not infinite', () => {
    expect(evaluate(mape, [[1], [3]], [[0, 2]])).toBeCloseTo(0.25, 12);
    expect(evaluate(smape, [[0], [3]], [[0, 1]])).toBeCloseTo(0.5, 12);
  });

  it('huber is squared up to delta and linear beyond', () => {
    expect(evaluate(huber({ delta: 2 }), [[1]], [[0]])).toBeCloseTo(0.5, 12);
    expect(evaluate(huber({ delta: 2 }), [[5]], [[0]])).toBeCloseTo(8, 12);
  });

  it('negative log likelihoods have their closed forms', () => {
    const close = (value: number, expected: number) => expect(Math.abs(value - expected)).toBeLessThan(closedForm);
    close(evaluate(normalLoss(), [[1, 2]], [[4]]), 0.5 * 1.5 ** 2 + Math.log(2) + 0.5 * Math.log(2 * Math.PI));
    // One degree of freedom is Cauchy.
    close(evaluate(studentTLoss(), [[1, 1, 2]], [[4]]), Math.log(Math.PI * 2 * (1 + 1.5 ** 2)));
    // Dispersion 1 is geometric with success probability 1 / (1 + mean).
    close(evaluate(negativeBinomialLoss(), [[3, 1]], [[5]]), -(5 * Math.log(3 / 4) + Math.log(1 / 4)));
  });

  it('densities have mass 1', () => {
    const integral = (loss: Loss, outputs: number[]) => {
      let sum = 0;
      const count = 2001;
      const targets = Array.from({ length: count }, (_, i) => -100 + i * 0.1);
      for (const target of targets) sum += 0.1 * Math.exp(-evaluate(loss, [outputs], [[target]]));
      return sum;
    };
    expect(Math.abs(integral(normalLoss(), [1, 2]) - 1)).toBeLessThan(unitMass);
    expect(Math.abs(integral(studentTLoss(), [5, -1, 2]) - 1)).toBeLessThan(unitMass);
    let mass = 0;
    let mean = 0;
    for (let y = 0; y < 300; y++) {
      const p = Math.exp(-evaluate(negativeBinomialLoss(), [[3, 0.7]], [[y]]));
      mass += p;
      mean += y * p;
    }
    expect(Math.abs(mass - 1)).toBeLessThan(unitMass);
    expect(Math.abs(mean - 3)).toBeLessThan(unitMass);
  });

  it.each([
    [() => huber({ delta: 0 }), 'trainer/bad-option'],
    [() => quantileLoss(1), 'trainer/bad-option'],
    [() => multiQuantileLoss([]), 'trainer/bad-option'],
    [() => mase({ season: 4 } as never), 'trainer/unknown-option'],
    [() => evaluate(mae, [[1, 2]], [[1]]), 'trainer/bad-shape'],
  ])('wrong use %# is an error', (use, code) => {
    expect(use).toThrow(expect.objectContaining({ code }));
  });
});

/** One window; `outputs` by time step. */
function evaluate(
  loss: Loss,
  outputs: number[][],
  target: number[][],
  where: { mask?: number[]; weights?: number[] } = {},
): number {
  const { ops } = reference;
  const horizon = target[0]!.length;
  const value = ops.tidy(() => {
    const tensors = Object.entries(where).map(([name, values]) => [name, ops.tensor(values, [1, horizon])]);
    const prediction = ops.tensor(outputs.flat(), [1, horizon, outputs[0]!.length]);
    return loss(
      ops,
      prediction,
      ops.tensor(target.flat(), [1, horizon]),
      Object.fromEntries(tensors) as LossWhere<never>,
    );
  });
  return value.values[0]!;
}
