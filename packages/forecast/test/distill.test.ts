import { createCpuBackend } from '@nt/backend-cpu';
import { splitByTime } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Blend,
  type DistillOptions,
  distill,
  evaluate,
  type FittedForecaster,
  naive,
  type Predictor,
  seasonalNaive,
} from '../src/index.ts';
import { weightsOf } from './fit-quickly.ts';
import { randomWalk, seasonalSeries } from './made-walks.ts';
import { quickBlend, testWindows } from './quick-blend.ts';

let backend: Backend<Tensor>;
let blend: Blend;
const set = seasonalSeries(1);
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
  blend = await quickBlend(backend, set);
});
afterAll(async () => {
  blend.predictor.dispose();
  await backend.dispose();
});

const student = (options: DistillOptions = {}): Promise<FittedForecaster> =>
  distill(backend, set, blend.predictor, { maxUpdates: 30, ...options });
const pointOf = async (one: Predictor) => (await one.predictWindows(testWindows(set))).point;
/** Mean absolute difference of their forecasts. */
async function apart(one: Predictor, other: Predictor): Promise<number> {
  const [a, b] = [await pointOf(one), await pointOf(other)];
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

it('is one network that errs about as much as the blend and has seen what the blend has', async () => {
  const one = await student();
  const { rows } = await evaluate([one, blend.predictor, seasonalNaive(7, 7)], testWindows(set));
  expect(rows[0]!.mae).toBeLessThan(1.03 * rows[1]!.mae);
  expect(rows[0]!.mae).toBeLessThan(0.8 * rows[2]!.mae);
  expect(one.method).toBe('residual-nhits');
  expect(one.trainedOn.seenUntil).toEqual(blend.predictor.trainedOn!.seenUntil);
  expect(one.state.forecaster.model).toMatchObject({ linearSkip: true, network: { hiddenSize: 128 } });
  one.dispose();
});

it('weight: the more of it, the nearer to the blend', async () => {
  const [all, little] = [await student({ weight: 1 }), await student({ weight: 0.01 })];
  expect(await apart(all, blend.predictor)).toBeLessThan(0.9 * (await apart(little, blend.predictor)));
  for (const one of [all, little]) one.dispose();
});

it('maxUpdates, hiddenSize, seed, split, onEvent: what they say', async () => {
  const updates = new Set<number>();
  const onEvent: DistillOptions['onEvent'] = (event) => {
    if (event.type === 'update-end') updates.add(event.update);
  };
  const split = splitByTime(set, { validation: 0.2, test: 0.2 });
  const [one, same, other] = [
    await student({ maxUpdates: 4, onEvent }),
    await student({ maxUpdates: 4, split }),
    await student({ maxUpdates: 4, seed: 2 }),
  ];
  const narrow = await student({ maxUpdates: 4, hiddenSize: 24 });
  expect(narrow.state.forecaster.model).toMatchObject({ network: { hiddenSize: 24 } });
  narrow.dispose();
  expect([...updates]).toEqual([1, 2, 3, 4]);
  expect(await weightsOf(same)).toBe(await weightsOf(one));
  expect(await weightsOf(other)).not.toBe(await weightsOf(one));
  for (const each of [one, same, other]) each.dispose();
});

it('signal: it ends with the weights that there are', async () => {
  const controller = new AbortController();
  const one = await student({
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === 'update-end' && event.update === 3) controller.abort();
    },
  });
  expect(one.state.training).toMatchObject({ result: { reason: 'aborted', updates: 3 } });
  one.dispose();
});

it('of what is no blend, of a naive answer or with options that do not exist there is none', async () => {
  await expect(distill(backend, set, naive(7) as never)).rejects.toThrow(/blend: expected what fitBlend gives/);
  await expect(student({ wait: 1 } as never)).rejects.toThrow(/did you mean 'weight'/);
  await expect(student({ weight: 2 })).rejects.toThrow(/weight: expected a number >= 0.01 and <= 1, got 2/);
  const walk = randomWalk(1);
  const rule = await quickBlend(backend, walk, { horizon: 5 });
  expect(rule.explanation.verdict.answer).toBe('naive');
  await expect(distill(backend, walk, rule.predictor)).rejects.toThrow(/blend: expected more than a rule.*naive/);
  rule.predictor.dispose();
});
