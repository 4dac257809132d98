import type { PoolCall, PoolGradCall } from '../kernels.ts';

/** Calls `visit` for each window: its first element, its length, and the element of the result. */
function eachWindow(call: PoolCall, visit: (first: number, size: number, at: number) => void): void {
  const { batch, length, channels, kernelSize } = call;
  const pooled = Math.ceil(length / kernelSize);
  for (let n = 0; n < batch; n++) {
    for (let t = 0; t < pooled; t++) {
      const size = Math.min(kernelSize, length - t * kernelSize);
      for (let channel = 0; channel < channels; channel++) {
        visit((n * length + t * kernelSize) * channels + channel, size, (n * pooled + t) * channels + channel);
      }
    }
  }
}

/** 1-D pooling with ceil mode. */
export function jsPool(floats: Float32Array, call: PoolCall): void {
  const [x, out] = [call.x / 4, call.out / 4];
  eachWindow(call, (first, size, at) => {
    if (call.kind === 'max') floats[out + at] = floats[x + first + largest(floats, x + first, size, call.channels)]!;
    else {
      let total = 0;
      for (let i = 0; i < size; i++) total += floats[x + first + i * call.channels]!;
      floats[out + at] = total / size;
    }
  });
}

/** dx: to the first largest element of each window, or shared out. */
export function jsPoolGrad(floats: Float32Array, call: PoolGradCall): void {
  const [x, dy, dx] = [call.x / 4, call.dy / 4, call.out / 4];
  eachWindow(call, (first, size, at) => {
    const gradient = floats[dy + at]!;
    const best = call.kind === 'max' ? largest(floats, x + first, size, call.channels) : -1;
    for (let i = 0; i < size * call.channels; i += call.channels) {
      floats[dx + first + i] = best < 0 ? gradient / size : i === best ? gradient : 0;
    }
  });
}

/** Distance from the window's start to its largest element; NaN wins, as in Math.max. */
function largest(floats: Float32Array, start: number, size: number, stride: number): number {
  let best = 0;
  for (let i = stride; i < size * stride; i += stride) {
    const [candidate, leader] = [floats[start + i]!, floats[start + best]!];
    if (candidate > leader || (Number.isNaN(candidate) && !Number.isNaN(leader))) best = i;
  }
  return best;
}
