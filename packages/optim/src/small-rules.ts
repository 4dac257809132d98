import { elementwiseRule, finiteRule, type Tensor, type TensorOps } from '@nt/tensor';

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

const replaceRule = /* @__PURE__ */ elementwiseRule({
  name: 'replace',
  inputs: ['before', 'x'],
  scalars: [],
  definitions: [],
  outputs: [['before', 'x']],
});

const scaleNormRule = /* @__PURE__ */ elementwiseRule({
  name: 'scaleNorm',
  inputs: ['norm'],
  scalars: ['scale'],
  definitions: [],
  outputs: [['y', ['*', 'norm', ['abs', 'scale']]]],
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

/** x; the memory of `before` may be reused. */
export const replaceBy = <T extends Tensor>(ops: TensorOps<T>, before: T, x: T): T =>
  ops.elementwise(replaceRule, { before, x }, {}, { donate: ['before'] }).before;

/** ‖scale · x‖ from ‖x‖. */
export const scaleNorm = <T extends Tensor>(ops: TensorOps<T>, norm: T, scale: number | T): T =>
  ops.elementwise(scaleNormRule, { norm }, { scale }).y;

/** 1 when a norm is finite, 0 when it is NaN or infinite. */
export const isFiniteNorm = <T extends Tensor>(ops: TensorOps<T>, norm: T): T =>
  ops.elementwise(finiteRule, { x: norm }, {}).finite;

/** Open when both gates are. */
export function bothOpen<T extends Tensor>(ops: TensorOps<T>, a: number | T, b: number | T): number | T {
  if (typeof a === 'number') return a === 0 ? 0 : b;
  if (typeof b === 'number') return b === 0 ? 0 : a;
  return ops.elementwise(bothOpenRule, { a }, { b }).open;
}
