import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { takeApart } from '../src/run/take-apart.ts';

const { ops } = createReferenceBackend();

it('takes tensors out of objects and lists, and puts others in their places', () => {
  const [a, b, c, d] = [1, 2, 3, 4].map((value) => ops.tensor([value], [1])) as [never, never, never, never];
  const { tensors, rebuild } = takeApart({ window: { input: a, mask: undefined }, parts: [b], size: 7 })!;
  expect(tensors).toEqual([a, b]);
  expect(rebuild([c, d])).toEqual({ window: { input: c, mask: undefined }, parts: [d], size: 7 });
});

it('inputs that differ in anything but their tensors have another key', () => {
  const tensor = ops.zeros([1]);
  const all = [{ x: tensor }, { y: tensor }, { x: [tensor] }, { x: tensor, n: 1 }, { x: tensor, n: null }];
  expect(new Set(all.map((inputs) => takeApart(inputs)!.key)).size).toBe(all.length);
});

it.each<[string, unknown]>([
  ['NaN', { n: Number.NaN }],
  ['infinity', { n: Number.POSITIVE_INFINITY }],
  ['minus zero', { n: -0 }],
  ['an array of numbers of the machine', { n: Float32Array.of(1) }],
  ['a map', new Map()],
  ['a function', { f: () => 1 }],
])('%s cannot be told in a key', (_, inputs) => {
  expect(takeApart(inputs)).toBeUndefined();
});
