import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * Up to here the stock engine's plain loops have finished before a command of ours is written. Along axes of size 1 that
 * are broadcast it looks for every element's place.
 */
export const mostAlike = 256;
const mostBroadcast = 64;
/** Multiplications of a product. */
const mostProducts = 2048;

type Inputs = NamedTensorInfoMap;
export type IsSmall = (inputs: Inputs) => boolean;

const sizeOf = ({ shape }: TensorInfo): number => {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i]!;
  return size;
};

const ofOne: IsSmall = (inputs) => sizeOf(inputs['x']!) <= mostAlike;

const ofTwo: IsSmall = (inputs) => {
  const { a, b } = inputs as Record<'a' | 'b', TensorInfo>;
  const most = Math.max(sizeOf(a), sizeOf(b));
  return most <= mostBroadcast || (most <= mostAlike && stepTogether(a.shape, b.shape));
};

/** No axis of size 1 lies against a longer one. */
function stepTogether(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 1; i <= Math.min(a.length, b.length); i++) if (a[a.length - i] !== b[b.length - i]) return false;
  return true;
}

const ofMatrices: IsSmall = (inputs) => {
  const { a, b } = inputs as Record<'a' | 'b', TensorInfo>;
  const [rows, inner] = [a.shape.at(-2) ?? 1, a.shape.at(-1) ?? 1];
  // The inner size is one of the two of each, so this is at least the number of products.
  return (sizeOf(a) * sizeOf(b)) / Math.min(rows, inner) <= mostProducts;
};

const places: IsSmall = (inputs) => {
  for (const name in inputs) if (sizeOf(inputs[name] as TensorInfo) > mostBroadcast) return false;
  return true;
};

const names = (list: string, rule: IsSmall): [string, IsSmall][] => list.split(' ').map((name) => [name, rule]);

/** Kernels whose stock versions are quick with little data, and what little is for each. */
const rules: ReadonlyMap<string, IsSmall> = new Map([
  ...names(
    'Abs Neg Square Sqrt Rsqrt Reciprocal Exp Expm1 Log Log1p Sign Floor Ceil Round Sigmoid Tanh Softplus',
    ofOne,
  ),
  ...names('Relu Relu6 Elu Selu LeakyRelu Step ClipByValue ZerosLike OnesLike LogicalNot', ofOne),
  ...names('Sum Mean Max Min Prod Any All ArgMax ArgMin', ofOne),
  ...names('Add Sub Multiply RealDiv Maximum Minimum SquaredDifference Pow FloorDiv Mod LogicalAnd LogicalOr', ofTwo),
  ...names('Equal NotEqual Greater GreaterEqual Less LessEqual', ofTwo),
  ...names('BatchMatMul _FusedMatMul', ofMatrices),
  ...names('Transpose Slice Concat SplitV Pack Unpack Select Softmax Reverse', places),
]);

/** What little data is for a kernel; undefined for kernels that are never left to the stock engine for it. */
export const smallWorkRule = (kernelName: string): IsSmall | undefined => rules.get(kernelName);

/** Elements of operands and results up to which a command is carried out at once, on the calling thread. */
const mostQuick = 2048;

/**
 * True when a result is there as soon as its kernel has returned, since the work was little and its operands were there:
 * it can be read without waiting. Shapes alone decide, so that the choice of kernels, and with it every bit, is the same
 * on any number of threads.
 */
export function isQuick(inputs: Inputs, results: readonly TensorInfo[]): boolean {
  for (const name in inputs) if (inputs[name] && sizeOf(inputs[name] as TensorInfo) > mostQuick) return false;
  for (const result of results) if (sizeOf(result) > mostQuick) return false;
  return true;
}
