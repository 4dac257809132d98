import * as tf from '@tensorflow/tfjs-core';
import type { ValueAndGradients } from '../network-ops.ts';
import type { Variable } from '../tensor.ts';
import { TensorError } from '../tensor-error.ts';

/**
 * `tf.variableGrads` for named variables, but: a variable that `f` does not use gets zeros (tfjs: a hole, and an error
 * when none is used), the value is never a variable itself, and nothing is left over when `f` throws.
 */
export function variableGrads(
  f: () => tf.Tensor,
  variables: readonly Variable<tf.Tensor>[],
): ValueAndGradients<tf.Tensor> {
  const list = variables as unknown as tf.Variable[];
  if (list.length === 0) return { value: tf.tidy(() => ownScalar(f())), grads: {} };
  const { value, grads } = freeingTheTape(() => tf.engine().gradients(f, list, undefined, true));
  const named = list.map((variable, i): [string, tf.Tensor] => [variable.name, grads[i] ?? tf.zeros(variable.shape)]);
  return { value: ownScalar(value, named), grads: Object.fromEntries(named) };
}

function ownScalar(value: tf.Tensor, grads: readonly (readonly [string, tf.Tensor])[] = []): tf.Tensor {
  if (value.rank === 0) return value instanceof tf.Variable ? value.clone() : value;
  for (const [, gradient] of grads) gradient.dispose();
  if (!(value instanceof tf.Variable)) value.dispose();
  throw new TensorError('tensor/shape', `variableGrads: expected f to return a scalar, got shape [${value.shape}].`);
}

/** What tfjs saved for a backward pass that never comes stays allocated for ever: free it. */
function freeingTheTape<Result>(f: () => Result): Result {
  try {
    return f();
  } catch (error) {
    const { state } = tf.engine();
    if (state.gradientDepth === 0) {
      for (const node of state.activeTape ?? []) tf.dispose(node.saved ?? []);
      state.activeTape = null as never;
    }
    throw error;
  }
}
