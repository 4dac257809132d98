import { elementwiseRule, type NetworkOps, type Tensor } from '@nt/tensor';

/**
 * Median of the observed values of each row, the lower one of two; 0 for a row without any. Exact: rows are sorted.
 *
 * @param x `[rows, length]`
 * @param mask 1 where observed, 0 where not, `[rows, length]`
 * @returns `[rows, 1]`
 * Source: `torch.nanmedian`.
 */
export function maskedMedian<T extends Tensor>(ops: NetworkOps<T>, x: T, mask: T): T {
  const [rows, length] = x.shape as [number, number];
  const padded = 2 ** Math.ceil(Math.log2(length));
  const hidden = ops.elementwise(hideRule, { x, mask }, {}).hidden;
  const padding = ops.add(ops.zeros([rows, padded - length]), ops.tensor([huge], []));
  const sorted = sortRows(ops, padded > length ? ops.concat([hidden, padding], 1) : hidden);
  const observed = ops.sum(ops.elementwise(observedRule, { mask }, {}).observed, 1, true);
  // Of n sorted values the median is number i with 2i + 1 = n or n − 1.
  const twice = ops.tensor(
    Array.from({ length: padded }, (_, i) => 2 * i + 1),
    [1, padded],
  );
  const { picked } = ops.elementwise(pickRule, { sorted, distance: ops.sub(twice, observed) }, {});
  return ops.sum(picked, 1, true);
}

/** Stands behind every value. Finite, because 0 · ∞ is no number. */
const huge = 3e38;

const hideRule = elementwiseRule({
  name: 'hideMasked',
  inputs: ['x', 'mask'],
  scalars: [],
  definitions: [],
  outputs: [['hidden', ['select', ['<', 'mask', 1], huge, 'x']]],
});

const observedRule = elementwiseRule({
  name: 'observed',
  inputs: ['mask'],
  scalars: [],
  definitions: [],
  outputs: [['observed', ['>=', 'mask', 1]]],
});

const pickRule = elementwiseRule({
  name: 'pickMedian',
  inputs: ['sorted', 'distance'],
  scalars: [],
  definitions: [],
  outputs: [['picked', ['select', ['<=', 'distance', 0], ['select', ['>=', 'distance', -1], 'sorted', 0], 0]]],
});

/** Batcher's bitonic network: the same operations whatever the values, so it runs on engines that have no sort. */
function sortRows<T extends Tensor>(ops: NetworkOps<T>, x: T): T {
  const length = x.shape[1]!;
  let sorted = x;
  for (let size = 2; size <= length; size *= 2) {
    sorted = exchange(ops, sorted, size, true);
    for (let part = size / 2; part >= 2; part /= 2) sorted = exchange(ops, sorted, part, false);
  }
  return sorted;
}

/** In every run of `size` values, the smaller of each pair goes into the first half; pairs are mirrored or shifted. */
function exchange<T extends Tensor>(ops: NetworkOps<T>, x: T, size: number, isMirrored: boolean): T {
  const [rows, length] = x.shape as [number, number];
  const [runs, half] = [(rows * length) / size, size / 2];
  const pairs = ops.reshape(x, [runs, size]);
  const turn = (y: T): T => (isMirrored && half > 1 ? ops.reverse(y, 1) : y);
  const [a, b] = [ops.slice(pairs, [0, 0], [runs, half]), turn(ops.slice(pairs, [0, half], [runs, half]))];
  return ops.reshape(ops.concat([ops.minimum(a, b), turn(ops.maximum(a, b))], 1), [rows, length]);
}
