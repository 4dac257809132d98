import { type Tensor, tensor, util } from '@tensorflow/tfjs-core';
import type { TensorDtype, TensorValues } from '../tensor.ts';
import { TensorError } from '../tensor-error.ts';

/** Copies host values to the active engine, after checking their number: not every engine does. */
export function createTensor(values: TensorValues, shape: readonly number[], dtype: TensorDtype = 'float'): Tensor {
  checkNumber(values, shape);
  return dtype === 'int32'
    ? tensor(new Int32Array(values), [...shape], 'int32')
    : tensor(new Float32Array(values), [...shape], 'float32');
}

/** Hands an array to the active engine, which may keep it. */
export function borrowTensor(values: Float32Array, shape: readonly number[]): Tensor {
  checkNumber(values, shape);
  return tensor(values, [...shape], 'float32');
}

function checkNumber({ length }: TensorValues, shape: readonly number[]): void {
  const size = util.sizeFromShape([...shape]);
  if (length === size) return;
  throw new TensorError('tensor/shape', `tensor: shape [${shape}] holds ${size} values, got ${length}.`, {
    shape,
    received: length,
  });
}
