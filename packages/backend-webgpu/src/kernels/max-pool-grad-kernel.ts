import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelOverride } from '../engine/kernel-call.ts';
import { withFloats } from '../engine/with-floats.ts';
import { shader, threads, words } from '../wgsl/shader.ts';
import { specialValues } from '../wgsl/special-values.ts';

/**
 * The gradient of `tf.maxPool`: a tie goes to the first maximum of a window, as on tfjs's CPU engine and in PyTorch; in
 * tfjs's shader it goes to the last.
 */
export const maxPoolGradKernel: KernelOverride = ({ backend, inputs, attributes }) => {
  const { dy, input } = inputs as Record<'dy' | 'input', TensorInfo>;
  const { filterSize, strides, pad, dimRoundingMode } = attributes as unknown as Pool2d;
  if (dy.dtype !== 'float32' || input.dtype !== 'float32') return undefined;
  const shape = input.shape as [number, number, number, number];
  const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  return withFloats(backend, [dy, input], (tensors) => {
    const out = backend.allocate(shape);
    const count = util.sizeFromShape(shape);
    if (count === 0) return out;
    const { inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
    const { effectiveFilterHeight, effectiveFilterWidth, strideHeight, strideWidth } = info;
    const sizes = [count, inHeight, inWidth, inChannels, outHeight, outWidth];
    const window = [effectiveFilterHeight, effectiveFilterWidth, strideHeight, strideWidth, padInfo.top, padInfo.left];
    backend.programs.run({
      name: 'maxPoolGrad',
      code,
      parameters: words([...sizes, ...window]),
      bindings: [...tensors, out].map((tensor) => backend.rangeOf(tensor)),
      workgroups: Math.ceil(count / threads),
    });
    return out;
  });
};

interface Pool2d {
  readonly filterSize: [number, number];
  readonly strides: [number, number];
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** One thread for each element of x, which looks at every window that it lies in. */
const code = (): string =>
  shader(
    [
      { name: 'dy', type: 'f32', access: 'read' },
      { name: 'x', type: 'f32', access: 'read' },
      { name: 'dx', type: 'f32', access: 'read_write' },
    ],
    `  let i = group * ${threads}u + lane;
  if (i >= parameters[0]) { return; }
  let height = i32(parameters[1]);
  let width = i32(parameters[2]);
  let channels = i32(parameters[3]);
  let channel = i32(i) % channels;
  let column = (i32(i) / channels) % width;
  let row = (i32(i) / channels / width) % height;
  let image = i32(i) / channels / width / height;
  let window = vec2<i32>(i32(parameters[6]), i32(parameters[7]));
  let stride = vec2<i32>(i32(parameters[8]), i32(parameters[9]));
  let padding = vec2<i32>(i32(parameters[10]), i32(parameters[11]));
  var sum = 0.0;
  for (var r = 0; r < i32(parameters[4]); r++) {
    let top = r * stride.x - padding.x;
    if (row < top || row >= top + window.x) { continue; }
    for (var c = 0; c < i32(parameters[5]); c++) {
      let left = c * stride.y - padding.y;
      if (column < left || column >= left + window.y) { continue; }
      var best = -1;
      for (var down = max(top, 0); down < min(top + window.x, height); down++) {
        for (var across = max(left, 0); across < min(left + window.y, width); across++) {
          let at = ((image * height + down) * width + across) * channels + channel;
          if (best < 0 || x[at] > x[best] || (isNan(x[at]) && !isNan(x[best]))) { best = at; }
        }
      }
      if (best != i32(i)) { continue; }
      sum = sum + dy[((image * i32(parameters[4]) + r) * i32(parameters[5]) + c) * channels + channel];
    }
  }
  dx[i] = sum;`,
    { declarations: specialValues },
  );
