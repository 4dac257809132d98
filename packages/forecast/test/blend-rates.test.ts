import { expect, it } from 'vitest';
import { ratesOf } from '../src/recipe/fit-networks.ts';
import { scheduleOf } from '../src/training/schedules.ts';

/** Rates of the updates of a run, as shares of the highest. */
const rates = (maxUpdates: number): number[] => {
  const { schedule, warmupUpdates } = ratesOf(maxUpdates);
  const { learningRate } = scheduleOf(schedule, 1, warmupUpdates, maxUpdates);
  return Array.from({ length: maxUpdates }, (_, update) => learningRate(update));
};
/** Updates with a higher rate than the one before them, behind the warm-up. */
const begunAnew = (all: readonly number[], from: number): number[] =>
  all.flatMap((rate, update) => (update > from && rate > all[update - 1]! ? [update] : []));

it.each([
  [30, []],
  [1000, []],
  [1400, []],
  [2000, [1025]],
  [3000, [1034, 2018]],
])('rates of %d updates fall to nothing, in cycles of about a thousand', (maxUpdates, restarts) => {
  const all = rates(maxUpdates);
  const warm = ratesOf(maxUpdates).warmupUpdates;
  expect(begunAnew(all, warm)).toEqual(restarts);
  expect(Math.max(...all)).toBeCloseTo(1, 6);
  for (const last of [...restarts, maxUpdates].map((update) => all[update - 1]!)) expect(last).toBeLessThan(0.02);
});
