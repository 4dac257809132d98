import type { NetworkOps, Tensor, WindowTensors } from '@nt/tensor';

/** What a network takes. */
export interface WindowNeeds {
  readonly inputSize: number;
  readonly horizon: number;
  readonly historic?: number;
  readonly future?: number;
  readonly static?: number;
}

/** A batch of windows with covariates and gaps, the same on every engine; counts, too, could be like this. */
export function waveWindow<T extends Tensor>(
  ops: NetworkOps<T>,
  { inputSize, horizon, historic = 0, future = 0, static: fixed = 0 }: WindowNeeds,
  batch = 3,
): WindowTensors<T> {
  const wave = (seed: number, ...shape: number[]): T => {
    const count = shape.reduce((a, b) => a * b, batch);
    const values = Array.from({ length: count }, (_, i) => 6 + 2 * Math.sin(i * 1.3 + seed) + Math.cos(i * 0.11));
    return ops.tensor(values, [batch, ...shape]);
  };
  const observed = Array.from({ length: batch * inputSize }, (_, i) => (i % 7 === 3 || i === inputSize - 1 ? 0 : 1));
  return {
    input: wave(0, inputSize),
    inputMask: ops.tensor(observed, [batch, inputSize]),
    ...(historic > 0 && { historic: wave(1, inputSize, historic) }),
    ...(future > 0 && { future: wave(2, inputSize + horizon, future) }),
    ...(fixed > 0 && { static: wave(3, fixed) }),
  };
}
