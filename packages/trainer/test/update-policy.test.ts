import { expect, it } from 'vitest';
import { afterPolicy, type PolicyOutcome, type PolicyRules } from '../src/run/update-policy.ts';

const scale = (value: number) => ({ scale: value, goodUpdates: 3 });

it.each<[string, number | null, number, boolean, PolicyRules['nanPolicy'], PolicyOutcome, object]>([
  ['an applied update', null, 4, true, 'stop', 'applied', { skippedInARow: 0, skippedUpdates: 7 }],
  ['an applied one with a scale', 8, 4, true, 'stop', 'applied', { lossScale: { scale: 8, goodUpdates: 4 } }],
  ['stop', null, 0, false, 'stop', 'stop', { skippedInARow: 1, skippedUpdates: 8 }],
  ['error', null, 0, false, 'error', 'error', { skippedInARow: 1 }],
  ['skip', null, 3, false, 'skip', 'left-out', { skippedInARow: 4 }],
  ['skip, one too many in a row', null, 4, false, 'skip', 'error', { skippedInARow: 5 }],
  ['a scale that is too high', 8, 99, false, 'error', 'scale-lowered', { lossScale: { scale: 4, goodUpdates: 0 } }],
  ['a scale that cannot be the reason', 1, 0, false, 'stop', 'stop', { lossScale: { scale: 0.5, goodUpdates: 0 } }],
])('%s', (_, before, skippedInARow, applied, nanPolicy, outcome, expected) => {
  const state = { lossScale: before === null ? null : scale(before), skippedUpdates: 7, skippedInARow };
  const result = afterPolicy(state, applied, { nanPolicy, lossScaling: {}, tolerated: 5 });
  expect(result.outcome).toBe(outcome);
  expect(result.state).toMatchObject(expected);
});
