import {
  cumsum,
  customGrad,
  equal,
  getGradient,
  logicalAnd,
  max,
  mul,
  pad,
  registerGradient,
  reshape,
  slice,
  sum,
  type Tensor,
  tensor,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { kernelNames } from '../kernel-names.ts';
import { checkPool, type PoolShape } from '../pool-shape.ts';
import { hasKernel, runFused } from './fused-kernel.ts';
import { shapeOps } from './shape-ops.ts';

type Kind = 'max' | 'avg';
type Block = [number, number, number];

/** Fills the last, partial window of a max pool: below every finite float32. */
const lowest = -3.4028234663852886e38;

/** Ceil-mode pooling along the second axis: the engine's kernel, else stock operations under a gradient of our own. */
export function pool1d(kind: Kind, x: Tensor, kernelSize: number): Tensor {
  const shape = checkPool(x.shape, kernelSize);
  const block = shapeOps.reshape(x, [shape.batch, shape.length, shape.channels]);
  const pooled = hasKernel(kernelNames.pool1d)
    ? runFused(kernelNames.pool1d, { x: block }, { kind, kernelSize })[0]!
    : composedPool(kind, block, kernelSize, shape);
  return shapeOps.reshape(pooled, [...shape.outputShape]);
}

/** Lets tfjs's tape find the backward kernel of `NtPool1d`. */
export function registerPoolGradient(): void {
  if (getGradient(kernelNames.pool1d)) return;
  registerGradient({
    kernelName: kernelNames.pool1d,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => ({
      x: () => runFused(kernelNames.pool1dGrad, { dy: dy as Tensor, x: saved[0]! }, attributes)[0]!,
    }),
  });
}

function composedPool(kind: Kind, x: Tensor, kernelSize: number, shape: PoolShape): Tensor {
  const { batch, length, channels, pooled } = shape;
  const toWindows = (t: Tensor, fill: number): Tensor => {
    const missing = pooled * kernelSize - length;
    const whole =
      missing > 0
        ? pad(
            t,
            [
              [0, 0],
              [0, missing],
              [0, 0],
            ],
            fill,
          )
        : t;
    return reshape(whole, [batch, pooled, kernelSize, channels]);
  };
  const fromWindows = (t: Tensor): Tensor =>
    slice(
      reshape(t, [batch, pooled * kernelSize, channels] as Block),
      [0, 0, 0] as Block,
      [batch, length, channels] as Block,
    );
  const perWindow = (t: Tensor): Tensor => reshape(t, [batch, pooled, 1, channels]);
  const inverseCounts = (): Tensor => {
    const counts = Array.from({ length: pooled }, (_, p) => 1 / Math.min(kernelSize, length - p * kernelSize));
    return tensor(counts, [1, pooled, 1]);
  };
  const withGradient = customGrad((...parameters) => {
    const [input, save] = parameters as unknown as [Tensor, (tensors: Tensor[]) => void];
    const windows = toWindows(input, kind === 'max' ? lowest : 0);
    const value = kind === 'max' ? max(windows, 2) : mul(sum(windows, 2), inverseCounts());
    save([input, value]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
      const [savedInput, y] = saved as [Tensor, Tensor];
      const again = toWindows(savedInput, lowest);
      if (kind === 'avg') return fromWindows(mul(perWindow(mul(dy, inverseCounts())), onesLikeWindows(again)));
      return fromWindows(mul(perWindow(dy), firstMaximum(again, perWindow(y))));
    };
    return { value, gradFunc };
  });
  return withGradient(x);
}

/** 1 at the first element of each window that equals its maximum, as PyTorch routes the gradient of a tie. */
function firstMaximum(windows: Tensor, maximum: Tensor): Tensor {
  const isMaximum = equal(windows, maximum);
  const before = cumsum(mul(isMaximum, tensor(1)), 2, true);
  return logicalAnd(isMaximum, equal(before, 0));
}

const onesLikeWindows = (windows: Tensor): Tensor => equal(zerosLike(windows), 0);
