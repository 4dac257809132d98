import type { NetworkOps, Tensor, WindowTensors } from '@nt/tensor';

/** A window as the network sees it, and the way back: `[batch, 1]` each. */
export interface CentredWindow<T extends Tensor> {
  readonly window: WindowTensors<T>;
  /** The last observed value. */
  readonly last: T;
  /** How much the window moves: √(variance + 0.01). */
  readonly scale: T;
  /** The whole input with the last observed value where nothing was observed, less that value: `[batch, inputSize]`. */
  readonly centred: T;
}

/** Added to the variance: a window that stands still must not be blown up. Scaled series have deviation 1. */
const leastVariance = 0.01;
/** Weights that fall by 2⁻²⁰ a step, so that the last observed one outweighs all before it. */
const falling = 20;
/** Steps of them that float32 can hold. */
const fallingSteps = 6;

/**
 * Cuts the last `lookback` steps out of a window, moves them to their last value and divides them by their deviation.
 * The last `calendar` of the covariates known ahead are only told for the first step of the forecast, as static ones.
 */
export function centreWindow<T extends Tensor>(
  ops: NetworkOps<T>,
  { input, inputMask, historic, future, static: fixed }: WindowTensors<T>,
  { lookback, horizon, calendar }: { readonly lookback: number; readonly horizon: number; readonly calendar: number },
): CentredWindow<T> {
  const [batch, inputSize] = input.shape as [number, number];
  const from = inputSize - lookback;
  const last = inputMask ? lastObserved(ops, input, inputMask) : ops.slice(input, [0, inputSize - 1], [batch, 1]);
  const moved = ops.sub(input, last);
  const centred = inputMask ? ops.mul(moved, inputMask) : moved;
  const seen = from === 0 ? centred : ops.slice(centred, [0, from], [batch, lookback]);
  const share = ops.tensor([1 / lookback], []);
  const apart = ops.sub(seen, ops.mul(ops.sum(seen, 1, true), share));
  const variance = ops.mul(ops.sum(ops.mul(apart, apart), 1, true), share);
  const scale = ops.sqrt(ops.add(variance, ops.tensor([leastVariance], [])));
  const channels = (future?.shape[2] ?? 0) - calendar;
  const firstStep = (x: T): T =>
    ops.reshape(ops.slice(x, [0, inputSize, channels], [batch, 1, calendar]), [batch, calendar]);
  const statics = [...(fixed ? [fixed] : []), ...(calendar > 0 ? [firstStep(future!)] : [])];
  const tail = (x: T, width: number, steps: number): T => ops.slice(x, [0, from, 0], [batch, steps, width]);
  return {
    window: {
      input: ops.div(seen, scale),
      ...(inputMask && { inputMask: ops.slice(inputMask, [0, from], [batch, lookback]) }),
      ...(historic && { historic: tail(historic, historic.shape[2]!, lookback) }),
      ...(channels > 0 && { future: tail(future!, channels, lookback + horizon) }),
      ...(statics.length > 0 && { static: statics.length === 1 ? statics[0]! : ops.concat(statics, 1) }),
    },
    last,
    scale,
    centred,
  };
}

/** `[batch, 1]`: the last observed value of the last steps, the mean of the observed ones where these hold none. */
function lastObserved<T extends Tensor>(ops: NetworkOps<T>, input: T, mask: T): T {
  const steps = input.shape[1]!;
  const weights = Float32Array.from({ length: steps }, (_, step) => {
    const age = steps - 1 - step;
    return age < fallingSteps ? 2 ** (-falling * age) : 0;
  });
  const observed = ops.mul(mask, ops.tensor(weights, [1, steps]));
  const least = ops.tensor([2 ** (-falling * fallingSteps)], []);
  const count = ops.maximum(ops.sum(mask, 1, true), ops.tensor([1], []));
  const mean = ops.div(ops.sum(ops.mul(input, mask), 1, true), count);
  const total = ops.add(ops.sum(ops.mul(input, observed), 1, true), ops.mul(mean, least));
  return ops.div(total, ops.add(ops.sum(observed, 1, true), least));
}
