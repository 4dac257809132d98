import { seriesFromArrays } from '@nt/data';
import { createReferenceBackend } from '@nt/tensor/reference';
import { describe, expect, it } from 'vitest';
import { headOf } from '../src/heads/heads.ts';
import { NhitsForecaster } from '../src/index.ts';
import { negativeBinomialQuantile } from '../src/statistics/negative-binomial.ts';

const quantiles = [0.1, 0.3, 0.5, 0.9];
// Two windows of three steps, in any order; neighbours far apart, equal, and crossed.
const raw = Array.from({ length: 2 * 3 * 4 }, (_, i) => 2 * Math.sin(i * 12.9898) + (i % 5 === 0 ? 30 : 0));
const target = Array.from({ length: 6 }, (_, i) => Math.cos(i));

/** Mean pinball loss of quantiles as they are read. */
function pinball(columns: readonly Float64Array[]): number {
  const each = columns.flatMap((column, k) =>
    Array.from(column, (value, row) => {
      const error = target[row]! - value;
      return Math.max(quantiles[k]! * error, (quantiles[k]! - 1) * error);
    }),
  );
  return each.reduce((a, b) => a + b, 0) / each.length;
}

const head = (crossing: 'repair' | 'prevent' | 'allow') => headOf({ name: 'quantile', quantiles, crossing });

it.each(['prevent', 'allow'] as const)('%s: training and forecast read the outputs alike', async (crossing) => {
  const { ops } = createReferenceBackend();
  const { loss, read } = head(crossing);
  const value = loss(ops, ops.tensor(raw, [2, 3, 4]), ops.tensor(target, [2, 3]));
  expect((await value.data())[0]).toBeCloseTo(pinball(read(Float64Array.from(raw), quantiles).quantiles), 12);
});

it.each([
  ['repair', true],
  ['prevent', true],
  ['allow', false],
] as const)('%s: quantiles are in order: %s', (crossing, inOrder) => {
  const { point, quantiles: columns } = head(crossing).read(Float64Array.from(raw), quantiles);
  const rows = Array.from(point, (_, row) => columns.map((column) => column[row]!));
  expect(rows.every((row) => row.every((value, k) => k === 0 || row[k - 1]! <= value))).toBe(inOrder);
  expect(Array.from(point)).toEqual(rows.map((row) => row[2]));
});

it('whatever moves all outputs moves all quantiles alike', () => {
  const moved = raw.map((value) => value + 7);
  const { read } = head('prevent');
  const [before, after] = [raw, moved].map((values) => read(Float64Array.from(values), [0.9]).quantiles[0]!);
  after!.forEach((value, i) => {
    expect(value - before![i]!).toBeCloseTo(7, 12);
  });
});

it.each([
  [{ quantiles: [0.1, 0.9] }, /0.5 among them/],
  [{ quantiles: [0.5, 0.1] }, /ascending numbers between 0 and 1/],
  [{ quantiles: [0.5, 1] }, /ascending numbers between 0 and 1/],
  [{ crossing: 'no' }, /one of repair, prevent, allow/],
  [{ levels: [80] }, /no quantile option 'levels'/],
])('%j is refused', (options, message) => {
  expect(() => headOf({ name: 'quantile', ...options } as never)).toThrow(message);
});

describe('distributions', () => {
  it.each([
    ['normal', 2],
    ['studentT', 3],
  ] as const)('%s: quantiles lie around the point, the outer ones further out', (name, outputs) => {
    const values = Float64Array.from({ length: 5 * outputs }, (_, i) => Math.sin(i));
    const { point, quantiles: columns } = headOf({ name }).read(values, [0.025, 0.1, 0.5, 0.9]);
    expect([...columns[2]!]).toEqual([...point].map((value) => expect.closeTo(value, 12)));
    point.forEach((_, row) => {
      const all = columns.map((column) => column[row]!);
      expect(all).toEqual([...all].sort((a, b) => a - b));
      expect(columns[3]![row]! - point[row]!).toBeCloseTo(point[row]! - columns[1]![row]!, 9);
    });
  });

  it('normal: the deviation is softplus of the second output, at least minScale', () => {
    const read = (raw: number, options: object): number =>
      headOf({ name: 'normal', ...options } as never).read(Float64Array.of(0, raw), [0.841344746068543])!
        .quantiles[0]![0]!;
    expect(read(0, {})).toBeCloseTo(Math.LN2 + 1e-3, 9);
    expect(read(-50, { minScale: 0.2 })).toBeCloseTo(0.2, 9);
    expect(() => read(0, { minScale: 0 })).toThrow(/minScale: expected a number above 0/);
  });

  it('normal and studentT: training and forecast read the outputs alike', async () => {
    const { ops } = createReferenceBackend();
    const [mean, deviation] = [0.3, Math.log1p(Math.exp(-0.7)) + 1e-3];
    const value = headOf({ name: 'normal' }).loss(ops, ops.tensor([0.3, -0.7], [1, 1, 2]), ops.tensor([1.1], [1, 1]));
    const expected = 0.5 * ((1.1 - mean) / deviation) ** 2 + Math.log(deviation) + 0.5 * Math.log(2 * Math.PI);
    expect((await value.data())[0]).toBeCloseTo(expected, 10);
  });

  it('negative binomial: quantiles equal those of scipy 1.17 (nbinom(1/α, 1/(1 + α μ)).ppf)', () => {
    const cases = [
      [5, 0.5, [0, 1, 4, 11, 19]],
      [0.2, 2, [0, 0, 0, 1, 2]],
      [1000, 0.1, [477, 620, 967, 1423, 1883]],
    ] as const;
    for (const [mean, dispersion, expected] of cases) {
      const found = [0.025, 0.1, 0.5, 0.9, 0.99].map((p) => negativeBinomialQuantile(p, mean, dispersion));
      expect(found, `${mean}, ${dispersion}`).toEqual(expected);
    }
  });

  it('negative binomial wants counts as they are', () => {
    const backend = createReferenceBackend();
    const counts = (values: number[]) =>
      seriesFromArrays([{ id: 'a', values, start: '2026-01-01' }], { frequency: 'day' });
    const plan = (values: number[], scaler: 'none' | 'standard') =>
      new NhitsForecaster(backend, { horizon: 2, inputSize: 4, scaler }).plan(counts(values), {
        loss: 'negativeBinomial',
      });
    const good = Array.from({ length: 40 }, (_, t) => t % 3);
    expect(() => plan(good, 'standard')).toThrow(/scaler: expected none/);
    expect(() => plan([...good, 0.5], 'none')).toThrow(/wants counts 0, 1, 2 …; series 'a', 2026-02-10 has 0.5/);
    expect(plan(good, 'none').trainWindows).toBeGreaterThan(0);
  });

  it('negative binomial learns counts, and its quantiles are counts', async () => {
    const values = Array.from({ length: 80 }, (_, t) => (t % 4 === 0 ? 5 : 1));
    const set = seriesFromArrays([{ id: 'a', values, start: '2026-01-01' }], { frequency: 'day' });
    const model = {
      hiddenSize: 4,
      variant: 'paper',
      nBlocks: [1],
      nPoolKernelSize: [1],
      nFreqDownsample: [1],
    } as const;
    const recipe = new NhitsForecaster(createReferenceBackend(), { horizon: 2, inputSize: 4, scaler: 'none', model });
    const { forecaster, result } = await recipe.fit(
      recipe.plan(set, { loss: 'negativeBinomial', maxUpdates: 20, batchSize: 16, learningRate: 0.05, validation: 0 }),
      { logEvery: 1 },
    );
    const losses = result.history.flatMap((row) => (row.kind === 'train' ? [row.values['trainLoss']!] : []));
    expect(losses.at(-1)!).toBeLessThan(0.9 * losses[0]!);
    const [series] = (await forecaster.predict(set, { levels: [80] })).series;
    for (const quantile of series!.quantiles) expect([...quantile].every(Number.isInteger)).toBe(true);
  });
});
