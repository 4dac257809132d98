import {
  Abs,
  Add,
  BatchMatMul,
  Cast,
  Concat,
  div,
  Exp,
  type GradConfig,
  getGradient,
  greater,
  greaterEqual,
  Identity,
  Log,
  less,
  lessEqual,
  Maximum,
  Minimum,
  Multiply,
  matMul,
  mul,
  type NamedAttrMap,
  neg,
  pad,
  RealDiv,
  Reshape,
  Reverse,
  registerGradient,
  reshape,
  reverse,
  Slice,
  Softplus,
  Sqrt,
  Sub,
  Sum,
  sigmoid,
  sign,
  slice,
  type Tensor,
  Transpose,
  tile,
  transpose,
} from '@tensorflow/tfjs-core';
import { unbroadcast } from './unbroadcast.ts';

/**
 * tfjs-core ships kernels without gradients: those come with tfjs-layers or with a deep import that plain Node cannot
 * load. These are the gradients of the kernels that `NetworkOps` runs on tfjs. What is already registered stays, but
 * for those that tfjs has wrong.
 */
export function registerGradients(): void {
  for (const config of [...binaryGradients, ...unaryGradients, ...layoutGradients]) {
    if (wrongInTfjs.has(config.kernelName) || !getGradient(config.kernelName)) registerGradient(config);
  }
}

/** tfjs's own gradients of maximum and minimum throw on broadcasting, and that of abs is −1 at 0. */
const wrongInTfjs: ReadonlySet<string> = new Set([Maximum, Minimum, Abs]);

function binary(
  kernelName: string,
  gradA: (dy: Tensor, a: Tensor, b: Tensor) => Tensor,
  gradB: (dy: Tensor, a: Tensor, b: Tensor) => Tensor,
): GradConfig {
  return {
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [Tensor, Tensor];
      return {
        a: () => unbroadcast(gradA(dy as Tensor, a, b), dy as Tensor, a.shape),
        b: () => unbroadcast(gradB(dy as Tensor, a, b), dy as Tensor, b.shape),
      };
    },
  };
}

const binaryGradients: readonly GradConfig[] = [
  binary(
    Add,
    (dy) => dy,
    (dy) => dy,
  ),
  binary(
    Sub,
    (dy) => dy,
    (dy) => neg(dy),
  ),
  binary(
    Multiply,
    (dy, _a, b) => mul(dy, b),
    (dy, a) => mul(dy, a),
  ),
  binary(
    RealDiv,
    (dy, _a, b) => div(dy, b),
    (dy, a, b) => neg(div(mul(dy, a), mul(b, b))),
  ),
  binary(
    Maximum,
    (dy, a, b) => mul(dy, greaterEqual(a, b)),
    (dy, a, b) => mul(dy, less(a, b)),
  ),
  binary(
    Minimum,
    (dy, a, b) => mul(dy, lessEqual(a, b)),
    (dy, a, b) => mul(dy, greater(a, b)),
  ),
];

function unary(kernelName: string, gradient: (dy: Tensor, x: Tensor) => Tensor): GradConfig {
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, saved) => ({ x: () => gradient(dy as Tensor, saved[0] as Tensor) }),
  };
}

function unaryFromOutput(kernelName: string, gradient: (dy: Tensor, y: Tensor) => Tensor): GradConfig {
  return {
    kernelName,
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({ x: () => gradient(dy as Tensor, saved[0] as Tensor) }),
  };
}

const unaryGradients: readonly GradConfig[] = [
  unary(Abs, (dy, x) => mul(dy, sign(x))),
  unary(Log, (dy, x) => div(dy, x)),
  unary(Softplus, (dy, x) => mul(dy, sigmoid(x))),
  unaryFromOutput(Exp, (dy, y) => mul(dy, y)),
  unaryFromOutput(Sqrt, (dy, y) => div(dy, mul(y, 2))),
  { kernelName: Identity, gradFunc: (dy) => ({ x: () => (dy as Tensor).clone() }) },
  { kernelName: Cast, gradFunc: (dy) => ({ x: () => (dy as Tensor).clone() }) },
];

const numbers = (attributes: NamedAttrMap, name: string): number[] => attributes[name] as number[];

const layoutGradients: readonly GradConfig[] = [
  unary(Reshape, (dy, x) => reshape(dy, x.shape)),
  {
    kernelName: Sum,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => {
      const x = saved[0] as Tensor;
      const given = attributes['axis'] as number | number[] | null | undefined;
      const axes = [given ?? x.shape.map((_, axis) => axis)].flat().map((axis) => (axis < 0 ? axis + x.rank : axis));
      const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
      const repeats = x.shape.map((length, axis) => (axes.includes(axis) ? length : 1));
      return { x: () => tile(reshape(dy as Tensor, kept), repeats) };
    },
  },
  {
    kernelName: Reverse,
    gradFunc: (dy, _saved, attributes) => ({ x: () => reverse(dy as Tensor, numbers(attributes, 'dims')) }),
  },
  {
    kernelName: Transpose,
    gradFunc: (dy, _saved, attributes) => {
      const permutation = numbers(attributes, 'perm');
      const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
      return { x: () => transpose(dy as Tensor, inverse) };
    },
  },
  {
    kernelName: Slice,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => {
      const x = saved[0] as Tensor;
      const gradient = dy as Tensor;
      const begin = [numbers(attributes, 'begin')].flat();
      const margins = x.shape.map((length, axis): [number, number] => {
        const before = begin[axis] ?? 0;
        return [before, length - before - gradient.shape[axis]!];
      });
      return { x: () => pad(gradient, margins) };
    },
  },
  {
    kernelName: Concat,
    saveAllInputs: true,
    gradFunc: (dy, saved, attributes) => {
      const gradient = dy as Tensor;
      const axis = ((attributes['axis'] as number) + gradient.rank) % gradient.rank;
      const begin = new Array<number>(gradient.rank).fill(0);
      // Slices and not one split: nobody asks for those of data and constants.
      return saved.map(({ shape }) => {
        const at = [...begin];
        begin[axis] = begin[axis]! + shape[axis]!;
        return () => slice(gradient, at, shape);
      }) as never;
    },
  },
  {
    kernelName: BatchMatMul,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved, attributes) => {
      const [a, b] = saved as [Tensor, Tensor];
      const gradient = dy as Tensor;
      const [ta, tb] = [attributes['transposeA'] as boolean, attributes['transposeB'] as boolean];
      return {
        a: () => (ta ? matMul(b, gradient, tb, true) : matMul(gradient, b, false, !tb)),
        b: () => (tb ? matMul(gradient, a, true, ta) : matMul(a, gradient, !ta, false)),
      };
    },
  },
];
