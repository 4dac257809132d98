import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelOverride } from '../engine/kernel-call.ts';
import { withFloats } from '../engine/with-floats.ts';
import { shader, threads, words } from '../wgsl/shader.ts';

/**
 * `tf.unsortedSegmentSum` of float32, the gradient of `tf.gather`: each element of the result looks for what belongs to it,
 * in order. tfjs adds atomically, in another order each time.
 */
export const segmentSumKernel: KernelOverride = ({ backend, inputs, attributes }) => {
  const { x, segmentIds } = inputs as Record<'x' | 'segmentIds', TensorInfo>;
  const segments = attributes['numSegments'] as number;
  if (x.dtype !== 'float32' || segmentIds.dtype !== 'int32' || segmentIds.shape.length !== 1) return undefined;
  return withFloats(backend, [x], ([values]) => {
    const out = backend.allocate([segments, ...x.shape.slice(1)]);
    const count = util.sizeFromShape(out.shape);
    if (count === 0) return out;
    backend.programs.run({
      name: 'segmentSum',
      code,
      parameters: words([count, x.shape[0]!, count / segments]),
      bindings: [values!, segmentIds, out].map((tensor) => backend.rangeOf(tensor)),
      workgroups: Math.ceil(count / threads),
    });
    return out;
  });
};

/** Parameters: elements of the result, rows of x, elements of a row. */
const code = (): string =>
  shader(
    [
      { name: 'x', type: 'f32', access: 'read' },
      { name: 'segments', type: 'i32', access: 'read' },
      { name: 'y', type: 'f32', access: 'read_write' },
    ],
    `  let i = group * ${threads}u + lane;
  let width = parameters[2];
  if (i >= parameters[0]) { return; }
  let segment = i32(i / width);
  var sum = 0.0;
  for (var row = 0u; row < parameters[1]; row++) {
    if (segments[row] == segment) { sum = sum + x[row * width + i % width]; }
  }
  y[i] = sum;`,
  );
