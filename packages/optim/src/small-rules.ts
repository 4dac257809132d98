import { elementwiseRule, type Tensor, type TensorOps } from '@nt/tensor';

const copyRule = /* @__PURE__ */ elementwiseRule({
  name: 'copy',
  inputs: ['x'],
  scalars: [],
  definitions: [],
  outputs: [['y', 'x']],
});

const scaleRule = /* @__PURE__ */ elementwiseRule({
  name: 'scale',
  inputs: ['x'],
  scalars: ['scale'],
  definitions: [],
  outputs: [['y', ['*', 'x', 'scale']]],
});

const addScaledRule = /* @__PURE__ */ elementwiseRule({
  name: 'addScaled',
  inputs: ['sum', 'x'],
  scalars: ['scale'],
  definitions: [],
  outputs: [['sum', ['+', 'sum', ['*', 'x', 'scale']]]],
});

const scaleNormRule = /* @__PURE__ */ elementwiseRule({
  name: 'scaleNorm',
  inputs: ['norm'],
  scalars: ['scale'],
  definitions: [],
  outputs: [['y', ['*', 'norm', ['abs', 'scale']]]],
});

/** Largest finite float32: a comparison, since compilers of shading languages may assume that x − x is 0. */
const largest = 3.4028234663852886e38;

const isFiniteRule = /* @__PURE__ */ elementwiseRule({
  name: 'isFinite',
  inputs: ['norm'],
  scalars: [],
  definitions: [],
  outputs: [['open', ['<=', 'norm', largest]]],
});

const bothOpenRule = /* @__PURE__ */ elementwiseRule({
  name: 'bothOpen',
  inputs: ['a'],
  scalars: ['b'],
  definitions: [],
  outputs: [['open', ['select', 'b', 'a', 0]]],
});

/** The same values in memory of their own. */
export const copyTensor = <T extends Tensor>(ops: TensorOps<T>, x: T): T => ops.elementwise(copyRule, { x }, {}).y;

/** x · scale */
export const scaleTensor = <T extends Tensor>(ops: TensorOps<T>, x: T, scale: number | T): T =>
  ops.elementwise(scaleRule, { x }, { scale }).y;

/** sum + x · scale; the memory of `sum` may be reused. */
export const addScaled = <T extends Tensor>(ops: TensorOps<T>, sum: T, x: T, scale: number | T): T =>
  ops.elementwise(addScaledRule, { sum, x }, { scale }, { donate: ['sum'] }).sum;

/** ‖scale · x‖ from ‖x‖. */
export const scaleNorm = <T extends Tensor>(ops: TensorOps<T>, norm: T, scale: number | T): T =>
  ops.elementwise(scaleNormRule, { norm }, { scale }).y;

/** 1 when a norm is finite, 0 when it is NaN or infinite. */
export const isFiniteNorm = <T extends Tensor>(ops: TensorOps<T>, norm: T): T =>
  ops.elementwise(isFiniteRule, { norm }, {}).open;

/** Open when both gates are. */
export function bothOpen<T extends Tensor>(ops: TensorOps<T>, a: number | T, b: number | T): number | T {
  if (typeof a === 'number') return a === 0 ? 0 : b;
  if (typeof b === 'number') return b === 0 ? 0 : a;
  return ops.elementwise(bothOpenRule, { a }, { b }).open;
}
