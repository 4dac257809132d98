import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { headOf } from '../src/heads/heads.ts';

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
