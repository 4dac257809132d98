import * as tf from '@tensorflow/tfjs-core';
import { checkedSlice } from './checked-layout.ts';
import { isTaping, recordOnTape, withoutTape } from './tape.ts';
import { unbroadcast } from './unbroadcast.ts';

/**
 * Operations whose gradients follow from the shapes of their inputs. tfjs's tape saves the inputs themselves, so that
 * what a network only passes on would live until the end of the backward pass; these leave nothing behind.
 */
export const shapeOps = {
  add: (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
    remembering(tf.Add, { a, b }, () => tf.add(a, b), {
      a: (dy) => unbroadcast(dy, dy, a.shape),
      b: (dy) => unbroadcast(dy, dy, b.shape),
    }),
  sub: (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
    remembering(tf.Sub, { a, b }, () => tf.sub(a, b), {
      a: (dy) => unbroadcast(dy, dy, a.shape),
      b: (dy) => unbroadcast(tf.neg(dy), dy, b.shape),
    }),
  reshape: (x: tf.Tensor, shape: readonly number[]): tf.Tensor =>
    remembering(tf.Reshape, { x }, () => tf.reshape(x, [...shape]), { x: (dy) => tf.reshape(dy, x.shape) }),
  slice: (x: tf.Tensor, begin: readonly number[], size: readonly number[]): tf.Tensor =>
    remembering(tf.Slice, { x }, () => checkedSlice(x, begin, size), {
      x: (dy) =>
        tf.pad(
          dy,
          x.shape.map((length, axis) => [begin[axis]!, length - begin[axis]! - size[axis]!]),
        ),
    }),
  concat: (tensors: readonly tf.Tensor[], axis: number): tf.Tensor => {
    const inputs = Object.fromEntries(tensors.map((tensor, i) => [i, tensor]));
    return remembering(tf.Concat, inputs, () => tf.concat([...tensors], axis), partsAlong(tensors, axis));
  },
};

/** Runs `f`; while tfjs records, as one step that knows the gradient of each input by its name. */
function remembering(
  kernelName: string,
  inputs: tf.NamedTensorMap,
  f: () => tf.Tensor,
  gradients: Readonly<Record<string, (dy: tf.Tensor) => tf.Tensor>>,
): tf.Tensor {
  if (!isTaping()) return f();
  const y = withoutTape(f);
  const steps = Object.entries(gradients);
  recordOnTape(kernelName, { inputs, outputs: [y], saved: [] }, ([dy]) =>
    Object.fromEntries(steps.map(([name, gradient]) => [name, () => gradient(dy!)])),
  );
  return y;
}

/** The gradient of each of the tensors that a concatenation is made of. */
function partsAlong(tensors: readonly tf.Tensor[], axis: number): Record<string, (dy: tf.Tensor) => tf.Tensor> {
  let end = 0;
  return Object.fromEntries(
    tensors.map(({ shape, rank }, i) => {
      const along = axis < 0 ? axis + rank : axis;
      const begin = shape.map((_, at) => (at === along ? end : 0));
      end += shape[along]!;
      return [i, (dy) => tf.slice(dy, begin, shape)];
    }),
  );
}
