import * as tf from '@tensorflow/tfjs-core';
import type { ValueAndGradients } from '../network-ops.ts';
import type { Variable } from '../tensor.ts';
import { TensorError } from '../tensor-error.ts';

/** `tf.variableGrads` for named variables; a variable that `f` does not use gets zeros and not a hole. */
export function variableGrads(
  f: () => tf.Tensor,
  variables: readonly Variable<tf.Tensor>[],
): ValueAndGradients<tf.Tensor> {
  const list = variables as unknown as tf.Variable[];
  const scalarF = (): tf.Scalar => {
    const value = f();
    if (value.rank !== 0) {
      throw new TensorError(
        'tensor/shape',
        `variableGrads: expected f to return a scalar, got shape [${value.shape}].`,
      );
    }
    return value as tf.Scalar;
  };
  const { value, grads } = tf.variableGrads(scalarF, list);
  return {
    value,
    grads: Object.fromEntries(
      list.map((variable) => [variable.name, grads[variable.name] ?? tf.zeros(variable.shape)]),
    ),
  };
}
