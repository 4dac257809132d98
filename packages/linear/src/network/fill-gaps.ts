import { elementwiseRule, type NetworkOps, type Tensor } from '@nt/tensor';

/**
 * Windows in which a step that was not observed has the value of the step before, and steps before the first observed one
 * have that: what a ridge sees. 0 where nothing was observed.
 *
 * @param x `[batch, length]`
 * @param mask 1 where observed, 0 where not, `[batch, length]`
 */
export function fillGaps<T extends Tensor>(ops: NetworkOps<T>, x: T, mask: T): T {
  const forward = fillForward(ops, { x: ops.elementwise(fillRule, { x, mask, before: x, known: mask }, {}).x, mask });
  const turned = { x: ops.reverse(forward.x, 1), mask: ops.reverse(forward.mask, 1) };
  return ops.reverse(fillForward(ops, turned).x, 1);
}

interface Masked<T extends Tensor> {
  readonly x: T;
  readonly mask: T;
}

/** In steps of 1, 2, 4 …: after them every step knows the last observed one, however far back. */
function fillForward<T extends Tensor>(ops: NetworkOps<T>, { x, mask }: Masked<T>): Masked<T> {
  const [batch, length] = x.shape as [number, number];
  let filled = { x, mask };
  for (let by = 1; by < length; by *= 2) {
    const later = (of: T): T => ops.concat([ops.zeros([batch, by]), ops.slice(of, [0, 0], [batch, length - by])], 1);
    const inputs = { ...filled, before: later(filled.x), known: later(filled.mask) };
    filled = ops.elementwise(fillRule, inputs, {});
  }
  return filled;
}

const fillRule = elementwiseRule({
  name: 'fillGaps',
  inputs: ['x', 'mask', 'before', 'known'],
  scalars: [],
  definitions: [['isObserved', ['>=', 'mask', 1]]],
  outputs: [
    ['x', ['select', 'isObserved', 'x', ['select', ['>=', 'known', 1], 'before', 0]]],
    ['mask', ['max', 'isObserved', 'known']],
  ],
});
