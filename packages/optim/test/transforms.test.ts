import { describe, expect, test } from 'vitest';
import {
  adaptiveGradientClip,
  addDecayedWeights,
  addGradientNoise,
  centralizeGradients,
  chain,
  createOptimizer,
  descend,
  type GradientTransform,
  negateGradients,
  orthogonalize,
  scaleByTrustRatio,
} from '../src/index.ts';
import { readAll, referenceVariables, tensorsLike } from './engine.ts';
import { worstDifference } from './golden-file.ts';
import { tolerances } from './tolerances.ts';

type Values = Record<string, number[]>;

/** What `transform` makes of gradients: the way of one update with rate 1, turned round. */
async function transformed(
  transform: GradientTransform,
  gradients: Values,
  weights: Values,
  shapes: Values = {},
): Promise<Values> {
  const { ops, parameters } = referenceVariables(weights, shapes);
  const optimizer = createOptimizer({ ops, parameters, transform: chain(transform, descend({ learningRate: 1 })) });
  optimizer.apply(tensorsLike(ops, parameters, gradients));
  const after = await readAll(parameters);
  return Object.fromEntries(
    Object.entries(after).map(([name, values]) => [name, values.map((x, i) => weights[name]![i]! - x)]),
  );
}

describe('adaptiveGradientClip', () => {
  test('limits the gradient of each output unit to a share of its weights; a vector is one unit', async () => {
    const weights = { kernel: [3, 0, 4, 0], bias: [0.6, 0.8] };
    const gradients = { kernel: [0.3, 3, 0.4, 4], bias: [3, 4] };
    const out = await transformed(adaptiveGradientClip({ clipping: 0.05, eps: 0.1 }), gradients, weights, {
      kernel: [2, 2],
      bias: [2],
    });
    // Column 0: norms 5 and 0.5, limit 0.25. Column 1: norm 0 counts as 0.1, limit 0.005. Bias: norm 1, limit 0.05.
    expect(worstDifference(out['kernel']!, [0.15, 0.003, 0.2, 0.004])).toBeLessThan(tolerances.golden64);
    expect(worstDifference(out['bias']!, [0.03, 0.04])).toBeLessThan(tolerances.golden64);
  });

  test('leaves smaller gradients alone', async () => {
    const out = await transformed(adaptiveGradientClip(), { a: [0.25, -0.125] }, { a: [512, 512] });
    expect(out).toEqual({ a: [0.25, -0.125] });
  });
});

describe('centralizeGradients', () => {
  test('takes the mean from each column of a kernel, in every rank, and leaves vectors alone', async () => {
    const weights = { kernel: [0, 0, 0, 0, 0, 0], conv: [0, 0, 0, 0], bias: [0, 0] };
    const gradients = { kernel: [1, 10, 2, 20, 6, 60], conv: [1, 2, 3, 6], bias: [1, 3] };
    const out = await transformed(centralizeGradients(), gradients, weights, {
      kernel: [3, 2],
      conv: [2, 1, 2],
      bias: [2],
    });
    expect(out['kernel']!.map((x) => Math.round(x * 1e9) / 1e9)).toEqual([-2, -20, -1, -10, 3, 30]);
    expect(out['conv']).toEqual([-1, -2, 1, 2]);
    expect(out['bias']).toEqual([1, 3]);
  });
});

describe('addGradientNoise', () => {
  const zeros = { a: new Array<number>(20_000).fill(0), b: new Array<number>(20_000).fill(0) };
  const moments = (values: readonly number[]) => {
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const central = (power: number): number => values.reduce((sum, x) => sum + (x - mean) ** power, 0) / values.length;
    return { mean, variance: central(2), kurtosis: central(4) / central(2) ** 2 };
  };

  test('is normal, of variance eta, and another one for each name, seed and update', async () => {
    const { a, b } = await transformed(addGradientNoise({ seed: 1, eta: 0.25 }), zeros, zeros);
    const { mean, variance, kurtosis } = moments(a!);
    // Five standard errors of each estimate over 20,000 draws.
    expect(Math.abs(mean)).toBeLessThan((5 * 0.5) / Math.sqrt(20_000));
    expect(Math.abs(variance - 0.25)).toBeLessThan(5 * 0.25 * Math.sqrt(2 / 20_000));
    expect(Math.abs(kurtosis - 3)).toBeLessThan(5 * Math.sqrt(24 / 20_000));
    expect(b).not.toEqual(a);
    expect(await transformed(addGradientNoise({ seed: 1, eta: 0.25 }), zeros, zeros)).toEqual({ a, b });
    expect((await transformed(addGradientNoise({ seed: 2, eta: 0.25 }), zeros, zeros))['a']).not.toEqual(a);
  });

  test('falls with the completed updates to the power gamma', async () => {
    const { ops, parameters } = referenceVariables({ a: zeros.a });
    const optimizer = createOptimizer({
      ops,
      parameters,
      transform: chain(addGradientNoise({ seed: 3, eta: 1, gamma: 2 }), descend({ learningRate: 1 })),
    });
    const gradient = tensorsLike(ops, parameters, { a: zeros.a });
    let before = zeros.a;
    for (const expected of [1, 1 / 4, 1 / 9]) {
      optimizer.apply(gradient);
      const { a } = await readAll(parameters);
      const { variance } = moments(a!.map((x, i) => x - before[i]!));
      expect(Math.abs(variance / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / 20_000));
      before = a!;
    }
  });
});

describe('scaleByTrustRatio', () => {
  test('gives the update the norm of the weights; a zero on either side passes it on', async () => {
    const out = await transformed(
      scaleByTrustRatio(),
      { a: [1, 0], b: [2, 0], c: [0, 0] },
      { a: [3, 4], b: [0, 0], c: [1, 1] },
    );
    expect(out).toEqual({ a: [5, 0], b: [2, 0], c: [0, 0] });
  });
});

describe('orthogonalize', () => {
  const tall = [1, 2, -1, 0.5, 3, 1, 0, -2];
  const transpose = (values: readonly number[], rows: number): number[] =>
    Array.from(values, (_, i) => values[(i % rows) * (values.length / rows) + Math.floor(i / rows)]!);

  test('gives a wide matrix the transpose of what it gives the tall one', async () => {
    const { a } = await transformed(orthogonalize(), { a: tall }, { a: tall }, { a: [4, 2] });
    const { a: b } = await transformed(
      orthogonalize(),
      { a: transpose(tall, 4) },
      { a: transpose(tall, 4) },
      { a: [2, 4] },
    );
    expect(worstDifference(b!, transpose(a!, 4))).toBeLessThan(1e-10);
  });

  test('with convergent coefficients the columns become orthonormal', async () => {
    const { a } = await transformed(
      orthogonalize({ iterations: 30, coefficients: [1.5, -0.5, 0] }),
      { a: tall },
      { a: tall },
      { a: [4, 2] },
    );
    const column = (i: number) => a!.filter((_, k) => k % 2 === i);
    const dot = (x: readonly number[], y: readonly number[]): number =>
      x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    expect(dot(column(0), column(0))).toBeCloseTo(1, 9);
    expect(dot(column(1), column(1))).toBeCloseTo(1, 9);
    expect(dot(column(0), column(1))).toBeCloseTo(0, 9);
  });

  test('a vector is refused with the remedy', async () => {
    await expect(transformed(orthogonalize(), { a: [1] }, { a: [1] })).rejects.toThrow(
      /expected matrices, 'a' has shape \[1\].*onlyFor/,
    );
  });

  test('eps is the least norm to divide by', async () => {
    const options = { iterations: 1, coefficients: [1, 0, 0] } as const;
    const weights = { a: [0, 0, 0, 0] };
    const out = await transformed(orthogonalize({ ...options, eps: 10 }), { a: [3, 0, 0, 4] }, weights, {
      a: [2, 2],
    });
    expect(worstDifference(out['a']!, [0.3, 0, 0, 0.4])).toBeLessThan(tolerances.golden64);
  });

  test('a zero gradient stays zero', async () => {
    expect(await transformed(orthogonalize(), { a: [0, 0, 0, 0] }, { a: [1, 2, 3, 4] }, { a: [2, 2] })).toEqual({
      a: [0, 0, 0, 0],
    });
  });
});

test('the order of a chain is its meaning: decay before or behind another transform', async () => {
  const first = await transformed(chain(addDecayedWeights(0.5), negateGradients()), { a: [1] }, { a: [4] });
  const last = await transformed(chain(negateGradients(), addDecayedWeights(0.5)), { a: [1] }, { a: [4] });
  expect([first, last]).toEqual([{ a: [-3] }, { a: [1] }]);
});
