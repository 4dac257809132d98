import * as tf from '@tensorflow/tfjs-core';

/** Gradient checkpointing: the backward pass runs `f` again and differentiates that. */
export function recompute(f: (...inputs: tf.Tensor[]) => tf.Tensor): (...inputs: tf.Tensor[]) => tf.Tensor {
  return tf.customGrad((...parameters) => {
    const inputs = parameters.slice(0, -1) as tf.Tensor[];
    const save = parameters.at(-1) as unknown as tf.GradSaveFunc;
    save(inputs);
    return {
      value: f(...inputs),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => withOwnTape(() => gradientsOf(f, saved, dy)),
    };
  });
}

/** Zeros for an argument that `f` does not use; `tf.grads` would throw. */
function gradientsOf(f: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[], dy: tf.Tensor): tf.Tensor[] {
  return tf.tidy(() => {
    const { grads } = tf.engine().gradients(() => f(...inputs), inputs, dy, true);
    return inputs.map((input, i) => grads[i] ?? tf.zeros(input.shape));
  });
}

/**
 * tfjs drops the tape at the end of every first-order gradient, also of one inside another's backward pass, and the
 * outer one then fails on the missing tape. So the inner gradient gets a tape of its own.
 */
function withOwnTape<Result>(f: () => Result): Result {
  const { state } = tf.engine();
  const outer = state.activeTape;
  try {
    return f();
  } finally {
    state.activeTape = outer;
  }
}
