import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { MeanLoss } from '../src/run/mean-loss.ts';

it('a loss that is no number is forgotten once it was read', async () => {
  const backend = createReferenceBackend();
  const { ops } = backend;
  const mean = new MeanLoss(ops as never, 'mean of a test', { sum: 0, weight: 0 });
  const add = (value: number): void => {
    mean.count(1, 1);
    mean.add(ops.tensor([value], []) as never);
  };
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3]) {
    add(value);
    expect(await mean.take()).toEqual({ sum: value, weight: 1 });
  }
  add(2);
  add(5);
  expect(await mean.take()).toEqual({ sum: 7, weight: 2 });
  expect(Object.is((await mean.take()).sum, 0)).toBe(true);
  mean.dispose();
  await backend.dispose();
});
