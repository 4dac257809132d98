import { expect } from 'vitest';
import { intervals, type WatchedRun } from '../programs/watched-run.ts';

/** Nothing was added in the course of the run, in which everything that could add something was on. */
export function expectSteadyMemory(run: WatchedRun, updates: number): void {
  const { tensors, validations, checkpoints, stored, logged, outside } = run;
  const multiples = (of: number): number[] => Array.from({ length: Math.floor(updates / of) }, (_, i) => (i + 1) * of);
  expect(tensors).toHaveLength(updates);
  expect(validations.map(({ update }) => update)).toEqual(multiples(intervals.validation));
  expect(checkpoints).toEqual(expect.arrayContaining(multiples(intervals.checkpoint)));
  expect(stored).toContain(Math.max(...checkpoints));
  expect(logged.rows).toBeGreaterThanOrEqual(updates / intervals.log);
  expect(logged.lines).toBe(logged.rows);
  expect(validations.at(-1)!.loss).toBeLessThan(validations[0]!.loss);

  expect(new Set(tensors).size, 'tensors after an update').toBe(1);
  const [first, ...later] = validations.map(({ held }) => held);
  for (const held of later) expect(held).toEqual(first);
  expect(outside.after).toBe(outside.before);
}
