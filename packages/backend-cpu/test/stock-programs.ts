import * as tf from '@tensorflow/tfjs-core';

/** Called with operands of each type; gives results to compare. */
export type Program = (float: tf.Tensor3D, whole: tf.Tensor3D, truth: tf.Tensor3D) => tf.Tensor[];

/** Every kernel that stands for a stock one, on floats, whole numbers and booleans. */
export const stockPrograms: Readonly<Record<string, Program>> = {
  split: (x, i, b) => [x, i, b].flatMap((t) => tf.split(t, t.shape[1], 1)),
  unstack: (x, i, b) => [x, i, b].flatMap((t) => tf.unstack(t, 1)),
  reverse: (x, i, b) => [tf.reverse(x), tf.reverse(i, [0, 2]), tf.reverse(b, 1), tf.reverse(b)],
  stridedSlice: (x, i, b) =>
    [x, i, b].flatMap((t) => [
      tf.stridedSlice(t, [0, 0, 0], t.shape, [1, 2, 1]),
      tf.stridedSlice(t, [-1, 0, -1], [0, 9, 0], [-1, 1, -2], 0, 5),
    ]),
  slice: (x, i, b) => [x, i, b].map((t) => tf.slice(t, [0, t.shape[1] - 1, 0], [-1, 1, -1])),
  transpose: (x, i, b) => [x, i, b].map((t) => tf.transpose(t, [2, 0, 1])),
  tile: (x, i, b) => [x, i, b].map((t) => tf.tile(t, [2, 1, 3])),
  concat: (x, i, b) => [x, i, b].map((t) => tf.concat([t, t], 1)),
  pad: (x, i, b) => [
    tf.pad(
      x,
      [
        [1, 0],
        [0, 2],
        [1, 1],
      ],
      -1.5,
    ),
    tf.pad(
      i,
      [
        [1, 0],
        [0, 2],
        [1, 1],
      ],
      7,
    ),
    tf.pad(b, [
      [0, 1],
      [0, 0],
      [1, 1],
    ]),
  ],
  mirrorPad: (x, i) =>
    [x, i].flatMap((t) => [
      tf.mirrorPad(
        t,
        [
          [1, 1],
          [0, 1],
          [1, 0],
        ],
        'symmetric',
      ),
      tf.mirrorPad(
        tf.concat([t, t], 1),
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
        'reflect',
      ),
    ]),
  gather: (x, i, b) => [x, i, b].map((t) => tf.gather(t, tf.tensor1d([0, t.shape[1] - 1, 0], 'int32'), 1)),
  gatherNd: (x, i, b) =>
    [x, i, b].flatMap((t) => [
      tf.gatherND(
        t,
        tf.tensor2d(
          [
            [0, 0],
            [t.shape[0] - 1, t.shape[1] - 1],
          ],
          [2, 2],
          'int32',
        ),
      ),
      tf.gatherND(t, tf.tensor1d([t.shape[0] - 1], 'int32')),
    ]),
  segments: (x) => [
    // The stock kernel multiplies by masks, so that one NaN reaches every segment.
    tf.unsortedSegmentSum(
      tf.where(tf.isFinite(x), x, tf.zerosLike(x)),
      tf.tensor1d(
        Array.from({ length: x.shape[0] }, (_, k) => (k % 3) - 1),
        'int32',
      ),
      2,
    ),
  ],
  stack: (x, i, b) => [x, i, b].map((t) => tf.stack([t, t], 2)),
  integers: (_, i) => {
    const other = tf.slice(tf.add(i, 1), [0, 0, 0], [1, -1, 1]);
    return [tf.add, tf.sub, tf.mul, tf.maximum, tf.minimum, tf.floorDiv, tf.mod, tf.squaredDifference].flatMap((f) => [
      f(i, other),
      f(other, i),
    ]);
  },
  comparisons: (x, i, b) => {
    const names = [tf.equal, tf.notEqual, tf.greater, tf.greaterEqual, tf.less, tf.lessEqual];
    return names.flatMap((f) => [f(x, tf.reverse(x, 1)), f(i, tf.reverse(i, 1)), f(b, tf.reverse(b, 1))]);
  },
  logic: (x, _, b) => [
    tf.logicalAnd(b, tf.reverse(b, 1)),
    tf.logicalOr(b, tf.slice(b, 0, 1)),
    tf.logicalXor(b, tf.reverse(b)),
    tf.logicalNot(b),
    tf.isNaN(x),
    tf.isFinite(x),
    tf.isInf(x),
  ],
  where: (x, i, b) => [tf.where(b, x, tf.neg(x)), tf.where(b, i, tf.mul(i, 2)), tf.where(b, b, tf.logicalNot(b))],
  cast: (x, i, b) =>
    (['float32', 'int32', 'bool'] as const).flatMap((to) => [
      tf.cast(tf.mul(x, 1e10), to),
      tf.cast(x, to),
      tf.cast(i, to),
      tf.cast(b, to),
    ]),
  reductions: (x, i, b) => [
    ...[tf.sum, tf.max, tf.min, tf.prod, tf.mean].flatMap((f) => [f(x, 1), f(x, [0, 2], true), f(i, [0, 2]), f(i)]),
    ...[tf.any, tf.all].flatMap((f) => [f(b, 1), f(b, [0, 2], true), f(b)]),
    tf.sum(b),
    tf.mean(b, 1),
  ],
  places: (x, i) => [x, i].flatMap((t) => [tf.argMax(t, 0), tf.argMin(t, 1), tf.argMax(t, -1)]),
  scans: (x) => [
    tf.cumsum(x, 1),
    tf.cumsum(x, 0, true),
    tf.cumsum(x, 2, true, true),
    tf.cumprod(x, 1, false, true),
    tf.cumprod(x, 2, true),
  ],
  oneHot: (_, i) => [
    tf.oneHot(tf.cast(tf.reshape(i, [i.size]), 'int32'), 5),
    tf.oneHot(tf.cast(tf.reshape(i, [i.size]), 'int32'), 4, 2, -1),
  ],
  constants: (x, i, b) => [
    tf.zerosLike(x),
    tf.onesLike(i),
    tf.onesLike(b),
    tf.fill([3, 50], 2.5),
    tf.fill([70], 3, 'int32'),
  ],
  elementwise: (x) => [
    tf.pow(tf.abs(x), 1.7),
    tf.pow(x, 3),
    tf.prelu(x, tf.slice(x, 0, 1)),
    tf.erf(x),
    tf.log1p(tf.abs(x)),
    tf.addN([x, x, tf.neg(x)]),
    tf.grad((y) => tf.elu(y))(x),
  ],
  batchNorm: (x) => {
    const side = (k: number): tf.Tensor1D =>
      tf.tensor1d(Array.from({ length: x.shape[2] }, (_, j) => 0.3 + ((j * k) % 5)));
    return [tf.batchNorm(x, side(1), side(2), side(3), side(4)), tf.batchNorm(x, side(1), side(2))];
  },
  einsum: (x, i) => [
    tf.einsum('abc,abd->acd', x, tf.cast(i, 'float32')),
    tf.einsum('abc,dbc->ad', x, x),
    tf.einsum('abc,abc->cba', x, x),
  ],
  counts: (_, i) => [tf.matMul(i, i, false, true), tf.matMul(i, i, true, false)],
  depthwise: (x) => {
    const image = tf.reshape(tf.tile(x, [2, 3, 1]), [2, x.shape[0] * 3, x.shape[1], x.shape[2]]) as tf.Tensor4D;
    return [1, 2].flatMap((multiplier) => {
      const filter = tf.sin(
        tf.reshape(tf.range(0, 4 * x.shape[2] * multiplier), [2, 2, x.shape[2], multiplier]),
      ) as tf.Tensor4D;
      const stride = multiplier === 1 ? 2 : 1;
      const loss = (a: tf.Tensor, f: tf.Tensor): tf.Scalar =>
        tf.sum(tf.square(tf.depthwiseConv2d(a as tf.Tensor4D, f as tf.Tensor4D, stride, 'same')));
      const fused = tf.fused.depthwiseConv2d({
        x: image,
        filter,
        strides: 1,
        pad: 'same',
        dilations: stride === 1 ? 2 : 1,
        activation: 'relu',
        bias: tf.ones([x.shape[2] * multiplier]) as never,
      });
      return [tf.depthwiseConv2d(image, filter, stride, 'same'), fused, ...tf.grads(loss)([image, filter])];
    });
  },
  batches: (x) => {
    const image = tf.reshape(tf.tile(x, [2, 1, 1]), [x.shape[0], 2, x.shape[1], x.shape[2]]) as tf.Tensor4D;
    const cut = tf.spaceToBatchND(
      image,
      [2, 1],
      [
        [0, 0],
        [1, 0],
      ],
    );
    return [
      cut,
      tf.batchToSpaceND(
        cut,
        [2, 1],
        [
          [0, 0],
          [1, 0],
        ],
      ),
    ];
  },
};
