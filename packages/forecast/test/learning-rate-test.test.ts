import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, splitByTime } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Optimization, OptimizeEvent, OptimizeOptions, TrialResult } from '../src/index.ts';
import { ratesOf } from '../src/search/rate-range.ts';
import { withoutTimes } from './quick-blend.ts';
import { quickOptions, quickSearch, searched } from './quick-search.ts';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

const search = (change: Partial<OptimizeOptions> = {}, set?: SeriesSet): Promise<Optimization> =>
  quickSearch(backend, change, set);

describe('learningRateTest', () => {
  it('finds where the rate is worth searching, on the training part of the first fold', async () => {
    const { learningRate: _, ...space } = quickOptions.space;
    const told: OptimizeEvent[] = [];
    const results: TrialResult[] = [];
    const tested: Partial<OptimizeOptions> = { space, learningRateTest: true };
    const before = backend.memory().tensors;
    const whole = await search({
      ...tested,
      onEvent: (event) => {
        told.push(event);
        if (event.type === 'trial-end') results.push(JSON.parse(JSON.stringify(event.result)));
      },
    });
    expect(backend.memory().tensors).toBe(before);
    const { suggestion, range } = whole.testedRates!;
    expect(range!.min).toBeCloseTo(suggestion! / 10, 2);
    expect([range!.max >= suggestion! * 0.99, range!.max <= suggestion! * 10.1, range!.scale]).toEqual([
      true,
      true,
      'log',
    ]);
    expect(told[0]).toEqual({ type: 'rates-tested', tested: whole.testedRates });
    const rates = results.map(({ point }) => point['learningRate'] as number);
    expect(rates.every((rate) => rate >= range!.min && rate <= range!.max)).toBe(true);
    expect(new Set(rates).size).toBe(6);
    // What is finished stays, and one that was searched elsewhere is refused.
    const again = await search({ ...tested, finished: results.slice(0, 3) });
    expect(withoutTimes(again)).toEqual(withoutTimes(whole));
    const { min } = range!;
    const byHand = { ...quickOptions.space, learningRate: { ...range!, min: min * 1.01 } };
    await expect(search({ space: byHand, finished: results.slice(0, 3) })).rejects.toThrow(
      /finished: expected results/,
    );
    // The test part, and all behind the training part of the first fold, is not looked at.
    const { starts } = splitByTime(searched, { validation: 0, test: 0.5 }).test;
    const other = {
      ...searched,
      values: searched.values.map((value, row) => (row >= starts[0]! ? 5 - 3 * value : value)),
    };
    const elsewhere = await search({ ...tested, trials: 1 }, other);
    expect(elsewhere.testedRates).toEqual(whole.testedRates);
  });

  it('stands in place of a range, and alone is a space', async () => {
    await expect(search({ learningRateTest: true })).rejects.toThrow(/space.learningRate: expected left out/);
    const alone = await search({ space: {}, learningRateTest: true, trials: 1, minUpdates: 1, maxUpdates: 1 });
    expect(Object.keys(alone.leaderboard[0]!.point)).toEqual(['learningRate']);
    await expect(search({ space: {} })).rejects.toThrow(/space: expected at least one option/);
    const without = await search({ trials: 1, minUpdates: 1, maxUpdates: 1 });
    expect(without.testedRates).toBeNull();
  });

  it.each([
    ['falls, then rises', [5, 4, 2, 1, 3], 0.01, { suggestion: 0.01, range: { min: 0.001, max: 0.1, scale: 'log' } }],
    ['rises at once', [1, 2, 3, 4, 5], 0.01, { suggestion: 0.01, range: { min: 0.001, max: 0.01, scale: 'log' } }],
    ['falls to the end', [5, 4, 3, 2, 1], 0.01, { suggestion: 0.01, range: { min: 0.001, max: 0.1, scale: 'log' } }],
    ['never falls', [1, 2, 3, 4, 5], null, { suggestion: null, range: null }],
  ])('the range of a loss that %s', (_, losses, suggestion, expected) => {
    const points = losses.map((loss, k) => ({ learningRate: 1e-4 * 10 ** k, loss, smoothedLoss: loss }));
    expect(ratesOf({ suggestion, points })).toEqual(expected);
  });
});
