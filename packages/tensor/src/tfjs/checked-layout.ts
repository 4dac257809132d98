import { slice, type Tensor, transpose } from '@tensorflow/tfjs-core';
import { TensorError } from '../tensor-error.ts';

/** `tf.slice` of a block that must lie inside `x`: the WebAssembly engine would read beyond it without an error. */
export function checkedSlice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
  const fits =
    begin.length === x.rank &&
    size.length === x.rank &&
    size.every((length, axis) => begin[axis]! >= 0 && length >= 0 && begin[axis]! + length <= x.shape[axis]!);
  if (fits) return slice(x, [...begin], [...size]);
  throw new TensorError(
    'tensor/shape',
    `slice: begin [${begin}] and size [${size}] leave a tensor of shape [${x.shape}].`,
    { begin, size, received: x.shape },
  );
}

/** `tf.transpose` with a permutation that must name each axis once: tfjs does not look. */
export function checkedTranspose(x: Tensor, permutation?: readonly number[]): Tensor {
  if (permutation === undefined) return transpose(x);
  const axes = [...permutation].sort((a, b) => a - b);
  if (axes.length === x.rank && axes.every((axis, i) => axis === i)) return transpose(x, [...permutation]);
  throw new TensorError(
    'tensor/shape',
    `transpose: [${permutation}] is not a permutation of the axes of [${x.shape}].`,
    { permutation, received: x.shape },
  );
}
