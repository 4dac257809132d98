import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { tfjsOps } from './tfjs-ops.ts';

const ops = tfjsOps();
await tf.setBackend('cpu');

const made: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  add: (x) => ops.add(x, ops.tensor([1, 2, 3], [3])),
  sub: (x) => ops.sub(ops.tensor([1], [1, 1]), x),
  reshape: (x) => ops.reshape(x, [6]),
  slice: (x) => ops.slice(x, [0, 1], [2, 2]),
  concat: (x) => ops.concat([x, x], 0),
  maxPool1d: (x) => ops.maxPool1d(x, { kernelSize: 1 }),
};

it.each(Object.keys(made).filter((name) => name !== 'maxPool1d'))('%s keeps no input for its gradient', (name) => {
  expect(left(made[name]!)).toBe(1);
});

it('the count would see one that is kept', () => {
  expect(left(made['maxPool1d']!)).toBeGreaterThan(1);
});

/** Tensors that are left of an operation on an input that is freed, the result included. */
function left(operation: (x: tf.Tensor) => tf.Tensor): number {
  const variable = ops.variable(ops.tensor([1, 2, 3, 4, 5, 6], [2, 3]), { name: 'x' });
  let count = 0;
  const { value, grads } = ops.variableGrads(() => {
    const before = tf.memory().numTensors;
    const y = ops.tidy(() => operation(ops.transpose(variable, [0, 1])));
    count = tf.memory().numTensors - before;
    return ops.sum(y);
  }, [variable]);
  ops.dispose([value, ...Object.values(grads), variable]);
  return count;
}
