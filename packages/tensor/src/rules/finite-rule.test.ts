import { expect, it } from 'vitest';
import { createReferenceBackend } from '../reference/index.ts';
import { finiteRule } from './finite-rule.ts';

it('is 1 for what float32 can hold, 0 for NaN and both infinities', () => {
  const { ops } = createReferenceBackend();
  const numbers = [0, -0, 1e-45, -3.4028234663852886e38, 3.5e38, Number.NaN, Infinity, -Infinity];
  const { finite } = ops.elementwise(finiteRule, { x: ops.tensor(numbers, [numbers.length]) }, {});
  expect([...finite.values]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
});
