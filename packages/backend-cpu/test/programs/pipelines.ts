import * as tf from '@tensorflow/tfjs-core';
import { picks, pipeline, type TfjsProgram, wave } from './program.ts';

const rows = 256;

/** What prepares data before it reaches a model. */
export const pipelinePrograms: readonly TfjsProgram[] = [
  pipeline(
    'normalise: moments, min-max, clip, where NaN',
    () => [wave([rows, 12])],
    ([x]) => {
      const { mean, variance } = tf.moments(x!, 0);
      const [low, high] = [tf.min(x!, 0), tf.max(x!, 0)];
      const scaled = tf.div(tf.sub(x!, low), tf.sub(high, low));
      const known = tf.where(tf.isFinite(scaled), scaled, tf.zerosLike(scaled));
      return [tf.div(tf.sub(x!, mean), tf.sqrt(variance)), known, tf.clipByValue(x!, -0.5, 0.5), tf.onesLike(x!)];
    },
  ),
  pipeline(
    'windows: slice, stack, concat, split, reverse',
    () => [wave([rows, 12])],
    ([x]) => {
      const windows = tf.stack(Array.from({ length: 16 }, (_, i) => tf.slice(x!, [i * 8, 0], [24, 12])));
      const [past, future] = tf.split(windows, [18, 6], 1) as [tf.Tensor, tf.Tensor];
      return [
        tf.concat([past, tf.reverse(past, 1)], 2),
        future,
        ...tf.unstack(windows, 2).slice(0, 2),
        tf.stridedSlice(windows, [0, 23, 0], [16, 0, 12], [1, -2, 3]),
        tf.reverse(tf.greater(windows, 0), [0, 2]),
        tf.split(tf.greater(windows, 0), 4, 0)[1]!,
      ];
    },
  ),
  pipeline(
    'categories: one-hot, gather, look-ups, segments',
    () => [picks([rows], 9), wave([9, 16]), wave([rows, 16])],
    ([ids, table, values]) => [
      tf.oneHot(ids as tf.Tensor1D, 9),
      tf.gather(table!, ids as tf.Tensor1D),
      tf.gather(values!, ids as tf.Tensor1D, 1),
      tf.unsortedSegmentSum(values!, ids as tf.Tensor1D, 9),
      tf.concat([tf.cast(tf.oneHot(ids as tf.Tensor1D, 9), 'float32'), values!], 1),
      tf.gatherND(values!, tf.cast(tf.stack([ids!, ids!], 1), 'int32')),
      tf.mod(tf.mul(ids!, 13), 7),
      tf.floorDiv(ids!, tf.scalar(4, 'int32')),
      tf.mul(tf.cast(tf.equal(ids!, 3), 'float32'), 2),
    ],
  ),
  pipeline(
    'batches: shuffle by index, pad, tile, cumulative sums, masks',
    () => [wave([rows, 12]), picks([rows], rows)],
    ([x, order]) => {
      const mask = tf.greater(x!, 0);
      return [
        tf.gather(x!, order as tf.Tensor1D),
        tf.pad(
          x!,
          [
            [2, 3],
            [0, 1],
          ],
          0.5,
        ),
        tf.mirrorPad(
          x as tf.Tensor2D,
          [
            [2, 3],
            [1, 1],
          ],
          'reflect',
        ),
        tf.tile(x!, [1, 3]),
        tf.cumsum(x!, 0),
        tf.cumsum(x!, 1, true, true),
        tf.where(tf.logicalOr(mask, tf.less(x!, -0.5)), x!, tf.neg(x!)),
        tf.logicalXor(mask, tf.logicalNot(mask)),
        tf.prod(tf.add(tf.mul(x!, 0.1), 1), 0),
        tf.cast(mask, 'int32'),
        tf.broadcastTo(tf.slice(x!, [0, 0], [1, 12]), [rows, 12]),
        tf.maximum(tf.cast(tf.mul(x!, 100), 'int32'), 0),
        tf.addN([x!, x!, x!]),
        tf.squaredDifference(tf.cast(tf.mul(x!, 100), 'int32'), 3),
      ];
    },
  ),
  pipeline(
    'signals: differences, angles, outer products',
    () => [wave([rows * 4]), wave([8, 16, 6])],
    ([x, y]) => {
      const later = tf.slice(x!, 1, rows * 4 - 1);
      const earlier = tf.slice(x!, 0, rows * 4 - 1);
      return [
        tf.sub(later, earlier),
        tf.sin(x!),
        tf.cos(x!),
        tf.atan2(later, earlier),
        tf.outerProduct(tf.slice(earlier, 0, 64) as tf.Tensor1D, tf.slice(later, 0, 64) as tf.Tensor1D),
        tf.einsum('bti,btj->bij', y!, y!),
        tf.einsum('bti,ij->btj', y!, tf.reshape(tf.slice(y!, [0, 0, 0], [1, 6, 6]), [6, 6])),
        tf.linspace(0, 1, 2048),
        tf.range(0, 4096),
      ];
    },
  ),
];
