import { type CaptureSite, elementwiseRule, type NetworkOps, type RandomKey, type Variable } from '@nt/tensor';
import * as tf from '@tensorflow/tfjs-core';

type Ops = NetworkOps<tf.Tensor>;

/** What a function finds outside. */
export interface Around {
  readonly call: number;
  /** One object for all calls, as what is asked again must be. */
  readonly random: { seed: number; counter: number };
  readonly weight: Variable<tf.Tensor>;
  readonly constant: tf.Tensor;
  /** A new one for each call. */
  readonly fresh: tf.Tensor;
  readonly kept: tf.Tensor[];
  readonly other: CaptureSite<tf.Tensor>;
}

/** A function of a tensor `[64]` that is called over and over. */
export interface CaptureCase {
  readonly f: (ops: Ops, x: tf.Tensor, around: Around) => tf.Tensor;
  /** Why it is not repeated; absent: it is. */
  readonly reason?: string;
}

const addRule = elementwiseRule({
  name: 'testAdd',
  inputs: ['sum', 'x'],
  scalars: ['factor'],
  definitions: [],
  outputs: [['sum', ['+', 'sum', ['*', 'x', ['/', 1, 'factor']]]]],
});

const keyOf = ({ seed, counter }: RandomKey): RandomKey => ({ seed, counter });

/** By what is in them; the same list for Node and for a page. */
export const captureCases: Readonly<Record<string, CaptureCase>> = {
  'kernels of ours and numbers that stand in it': { f: (ops, x) => ops.exp(ops.div(x, ops.tensor([9], []))) },
  "kernels of tfjs's": {
    f: (ops, x) => {
      const rows = tf.reshape(tf.sin(x), [8, 8]);
      const some = tf.gather(rows, tf.tensor1d([3, 1, 7, 7], 'int32'));
      const joined = tf.concat([some, tf.slice(rows, [2, 0], [4, 8]), tf.transpose(rows)]);
      return ops.sum(tf.cumsum(tf.softmax(tf.where(tf.less(joined, 0), tf.zerosLike(joined), joined))), [1]);
    },
  },
  'integers and booleans': {
    f: (_, x) => tf.cast(tf.add(tf.cast(tf.greater(x, 3), 'int32'), tf.cast(x, 'int32')), 'float32'),
  },
  'a weight and a constant from outside': {
    f: (ops, x, { weight, constant }) => ops.add(ops.mul(x, weight), constant),
  },
  'a key that is asked for again': {
    f: (ops, x, { random }) =>
      ops.mul(
        x,
        ops.randomUniform([64], () => keyOf(random)),
      ),
  },
  'a sum in place with a number that is asked for again': {
    f: (ops, x, { weight, random }) => {
      const late = (): { factor: number } => ({ factor: 1 + random.counter });
      const { sum } = ops.elementwise(addRule, { sum: weight, x }, late(), { donate: ['sum'], late });
      weight.assign(sum);
      ops.dispose(sum);
      return ops.add(weight, x);
    },
  },
  'what it made itself is written over': {
    f: (ops, x) => {
      const made = ops.add(x, x);
      const { sum } = ops.elementwise(addRule, { sum: made, x }, { factor: 2 }, { donate: ['sum'] });
      const y = ops.exp(sum);
      ops.dispose([made, sum]);
      return y;
    },
  },
  'a weight that is moved to and fro': {
    f: (ops, x, { weight }) => {
      const dw = ops.tidy(() => {
        const layer = { b: tf.zeros([8]), activation: 'linear' } as const;
        const f = (a: tf.Tensor, w: tf.Tensor): tf.Tensor => ops.mlp(a, [{ ...layer, w }]);
        return tf.grads(f)([tf.reshape(weight, [8, 8]), tf.reshape(x, [8, 8])])[1]!;
      });
      const { sum } = ops.elementwise(addRule, { sum: weight, x }, { factor: 64 }, { donate: ['sum'] });
      weight.assign(sum);
      ops.dispose(sum);
      return dw;
    },
    reason: '',
  },
  'its input in another shape': { f: (_, x) => tf.reshape(x, [8, 8]) },
  'a number that stands in it': { f: (ops) => ops.tensor([5, 6], [2]) },
  'no elements': { f: (ops, x) => ops.add(ops.sum(tf.slice(x, [0], [0])), ops.sum(x)) },
  'a number that changes': {
    f: (ops, x, { call }) => ops.mul(x, ops.tensor([call], [])),
    reason: 'not the same twice: a number',
  },
  'a key that changes': {
    f: (ops, x, { call }) => ops.mul(x, ops.randomUniform([64], { seed: 1, counter: call })),
    reason: 'not the same twice: a number',
  },
  'other operations': {
    f: (ops, x, { call }) => (call % 2 ? ops.exp(x) : ops.add(ops.abs(x), ops.exp(x))),
    reason: 'once there were',
  },
  'tensors in another order': {
    f: (ops, x, { call, weight, constant }) =>
      ops.add(x, call % 2 ? ops.sub(weight, constant) : ops.sub(constant, weight)),
    reason: 'a tensor that changes',
  },
  'a tensor that is made for each call': { f: (ops, x, { fresh }) => ops.add(x, fresh), reason: 'from outside' },
  'values that are read': {
    f: (ops, x, { kept }) => {
      kept.push(ops.keep(ops.sum(x)));
      void kept.at(-1)!.data();
      return ops.exp(x);
    },
    reason: 'reads values back',
  },
  'a tensor that it keeps': {
    f: (ops, x, { kept }) => {
      kept.push(ops.keep(ops.add(x, x)));
      return ops.exp(x);
    },
    reason: 'keeps tensors that it made',
  },
  'a tensor that it has not made': { f: (_, _x, { constant }) => tf.reshape(constant, [64]), reason: 'not made' },
  'a tensor that it frees': {
    f: (ops, x, { kept, call }) => {
      const [given] = kept.splice(0);
      const y = given ? ops.add(x, given) : tf.clone(x);
      if (given) ops.dispose(given);
      // Where the one before lay.
      const next = ops.tensor(new Float32Array(64).fill(call), [64]);
      kept.push(ops.keep(ops.add(next, next)));
      return y;
    },
    reason: 'frees a tensor',
  },
  'a captured call within': {
    f: (ops, x, { other }) => ops.exp(other.run({ inputs: [x], key: '' }, ([y]) => [ops.mul(y!, y!)])[0]!),
    reason: 'keeps tensors that it made',
  },
};
