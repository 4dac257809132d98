import { LinearError, ridge } from '@nt/linear';
import { describe, expect, it } from 'vitest';
import { goldenRidge } from './golden-ridge.ts';
import { largestDifference } from './largest-difference.ts';
import { lapack } from './tolerances.ts';

const { x, y, rowWeights, cases } = goldenRidge.rows;
const size = { features: 6, outputs: 3 };

describe('ridge', () => {
  it.each(cases)('is what LAPACK gives: intercept $intercept, weighted $weighted, λ $lam', async (golden) => {
    const { intercept, weighted, lam } = golden;
    const [found] = await ridge(x, y, {
      ...size,
      lambdas: [lam],
      absolute: true,
      intercept,
      ...(weighted && { weights: rowWeights }),
    });
    expect(largestDifference(found!.weights, golden.weights)).toBeLessThan(lapack);
    expect(largestDifference(found!.intercept, golden.bias)).toBeLessThan(lapack);
  });

  it('solves for many λ as for each alone, bit for bit', async () => {
    const lambdas = [1e-4, 0.1, 10];
    const together = await ridge(x, y, { ...size, lambdas });
    for (const [i, lambda] of lambdas.entries()) {
      expect((await ridge(x, y, { ...size, lambdas: [lambda] }))[0]).toEqual(together[i]);
    }
  });

  it('tells λ in units of the mean diagonal', async () => {
    const few = { features: 2, outputs: 1, intercept: false };
    const [relative] = await ridge([3, 0, 0, 1], [1, 1], { ...few, lambdas: [0.2] });
    const [absolute] = await ridge([3, 0, 0, 1], [1, 1], { ...few, lambdas: [1], absolute: true });
    expect(relative!.weights).toEqual(absolute!.weights);
    expect(largestDifference(absolute!.weights, [3 / 10, 1 / 2])).toBeLessThan(lapack);
  });

  it('takes a row of weight 2 for that row twice, and one of weight 0 for none', async () => {
    const rows = [1, 2, 3, 5, 8, 1, 2, 2];
    const [weighted] = await ridge(rows, [1, 2, 3, 4], {
      features: 2,
      outputs: 1,
      lambdas: [0.1],
      absolute: true,
      weights: [2, 1, 0, 1],
    });
    const [repeated] = await ridge([1, 2, 1, 2, 3, 5, 2, 2], [1, 1, 2, 4], {
      features: 2,
      outputs: 1,
      lambdas: [0.1],
      absolute: true,
    });
    expect(largestDifference(weighted!.weights, repeated!.weights)).toBeLessThan(lapack);
    expect(largestDifference(weighted!.intercept, repeated!.intercept)).toBeLessThan(lapack);
  });

  it('forgets everything but the mean when λ is huge', async () => {
    const [found] = await ridge(x, y, { ...size, lambdas: [1e12] });
    expect(Math.max(...found!.weights.map(Math.abs))).toBeLessThan(1e-9);
    const mean = y.filter((_, i) => i % 3 === 0).reduce((a, b) => a + b, 0) / (y.length / 3);
    expect(found!.intercept[0]).toBeCloseTo(mean, 8);
  });

  it('solves equations of one input, and of inputs that are all the same', async () => {
    const [one] = await ridge([1, 2, 3], [2, 4, 6], { features: 1, outputs: 1, lambdas: [1e-12] });
    expect(one!.weights[0]).toBeCloseTo(2, 9);
    const [flat] = await ridge([5, 5, 5, 5, 5, 5], [2, 4, 6], { features: 2, outputs: 1, lambdas: [0.1] });
    expect([...flat!.weights, ...flat!.intercept]).toEqual([0, 0, 4]);
  });

  it.each([
    ['an unknown option', { lamdas: [1] }, 'linear/unknown-option', /'lamdas'; did you mean 'lambdas'/],
    ['λ of 0', { lambdas: [0] }, 'linear/option', /lambdas: expected numbers above 0/],
    ['no λ', { lambdas: [] }, 'linear/option', /lambdas/],
    ['too few targets', { outputs: 4 }, 'linear/option', /y: expected 4 numbers for each row of 6/],
    ['half a feature', { features: 1.5 }, 'linear/option', /features: expected a whole number/],
    ['weights of other rows', { weights: [1] }, 'linear/option', /weights: .* 40 rows/],
    ['a negative weight', { weights: rowWeights.map((w) => -w) }, 'linear/option', /at least 0/],
  ])('refuses %s', async (_, wrong, code, message) => {
    const failing = ridge(x, y, { ...size, lambdas: [1], ...wrong } as never);
    await expect(failing).rejects.toThrow(message);
    expect(await failing.catch((error) => LinearError.isInstance(error) && error.code)).toBe(code);
  });

  it('says so when λ is too small for inputs that repeat each other', async () => {
    const failing = ridge([1, 1, 2, 2, 4, 4], [1, 2, 3], {
      features: 2,
      outputs: 1,
      lambdas: [1e-300],
      intercept: false,
    });
    await expect(failing).rejects.toThrow(/Use a larger lambda/);
  });
});
