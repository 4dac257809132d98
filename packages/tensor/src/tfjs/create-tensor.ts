import { type Tensor, tensor, util } from '@tensorflow/tfjs-core';
import type { TensorDtype, TensorValues } from '../tensor.ts';
import { TensorError } from '../tensor-error.ts';

/** Copies host values to the active engine, after checking their number: not every engine does. */
export function createTensor(values: TensorValues, shape: readonly number[], dtype: TensorDtype = 'float'): Tensor {
  const size = util.sizeFromShape([...shape]);
  if (values.length !== size) {
    throw new TensorError('tensor/shape', `tensor: shape [${shape}] holds ${size} values, got ${values.length}.`, {
      shape,
      received: values.length,
    });
  }
  return dtype === 'int32'
    ? tensor(new Int32Array(values), [...shape], 'int32')
    : tensor(new Float32Array(values), [...shape], 'float32');
}
