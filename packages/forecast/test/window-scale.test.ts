import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, seriesFromArrays } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FittedForecaster, fromModelFiles, NhitsForecaster, toModelFiles } from '../src/index.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ kernels: 'wasm', threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

/** A season of four, as counts where asked. */
const made = (level: number, size: number, length = 60): number[] =>
  Array.from({ length }, (_, t) => level + size * (3 * Math.sin((t * Math.PI) / 2) + 2 * Math.sin(t * 12.9898)));
const setOf = (values: number[]): SeriesSet =>
  seriesFromArrays([{ id: 'a', values, start: '2026-01-01' }], { frequency: 'day' });
const small = { hiddenSize: 8, nBlocks: [1], nPoolKernelSize: [1], nFreqDownsample: [1] } as const;

const trained = async (
  loss: 'normal' | 'studentT' | 'negativeBinomial',
  windowNormalization: 'standard' | 'robust' | 'minmax' | 'none',
  values: number[],
): Promise<FittedForecaster> => {
  const recipe = new NhitsForecaster(backend, {
    horizon: 2,
    inputSize: 8,
    scaler: 'none',
    model: { ...small, windowNormalization },
  });
  const plan = recipe.plan(setOf(values), { loss, maxUpdates: 20, batchSize: 16, validation: 0 });
  return (await recipe.fit(plan)).forecaster;
};
const quantilesOf = async (forecaster: FittedForecaster, values: number[]): Promise<number[]> =>
  (await forecaster.predict(setOf(values), { quantiles: [0.1, 0.5, 0.9] })).series[0]!.quantiles.flatMap((q) => [...q]);

describe('a distribution in the scale of each window, as neuralforecast has it', () => {
  it.each([
    ['normal', 'standard'],
    ['normal', 'minmax'],
    ['studentT', 'robust'],
  ] as const)('%s, %s: a series moved and stretched has quantiles moved and stretched', async (loss, scaling) => {
    const forecaster = await trained(loss, scaling, made(0, 1000));
    const before = await quantilesOf(forecaster, made(0, 1000));
    const after = await quantilesOf(forecaster, made(50_000, 7000));
    // Less the head's least width of 0.001, which is not stretched.
    after.forEach((value, i) => void expect(Math.abs(value - (50_000 + 7 * before[i]!)) / 7000).toBeLessThan(1e-4));
    forecaster.dispose();
  });

  it('without, it has no such scale', async () => {
    const forecaster = await trained('normal', 'none', made(0, 1));
    const [before, after] = [await quantilesOf(forecaster, made(0, 1)), await quantilesOf(forecaster, made(500, 7))];
    expect(Math.abs(after[0]! - (500 + 7 * before[0]!))).toBeGreaterThan(1);
    forecaster.dispose();
  });

  it('counts have whole quantiles of their own size', async () => {
    const values = made(400, 20).map(Math.round);
    const forecaster = await trained('negativeBinomial', 'standard', values);
    const found = await quantilesOf(forecaster, values);
    expect(found.every(Number.isInteger)).toBe(true);
    expect(found[2]!).toBeGreaterThan(300);
    expect(found[2]!).toBeLessThan(500);
    forecaster.dispose();
  });

  it('is so again when it is loaded', async () => {
    const forecaster = await trained('studentT', 'standard', made(0, 1));
    const copy = (await fromModelFiles(backend, await toModelFiles(forecaster))) as FittedForecaster;
    expect(await quantilesOf(copy, made(9, 3))).toEqual(await quantilesOf(forecaster, made(9, 3)));
    copy.dispose();
    forecaster.dispose();
  });
});
