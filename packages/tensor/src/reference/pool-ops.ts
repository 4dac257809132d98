import type { NetworkOps } from '../network-ops.ts';
import { checkPool } from '../pool-shape.ts';
import type { ReferenceTensor } from './reference-tensor.ts';
import type { TensorStore } from './tensor-store.ts';

/** Pooling along the second axis, ceil mode. */
export function poolOps(store: TensorStore): Pick<NetworkOps<ReferenceTensor>, 'maxPool1d' | 'avgPool1d'> {
  const mean = (window: readonly number[]): number => window.reduce((a, b) => a + b, 0) / window.length;
  return {
    maxPool1d: (x, options) => pool(store, x, options.kernelSize, (window) => Math.max(...window)),
    avgPool1d: (x, options) => pool(store, x, options.kernelSize, mean),
  };
}

function pool(
  store: TensorStore,
  x: ReferenceTensor,
  kernelSize: number,
  reduce: (window: readonly number[]) => number,
): ReferenceTensor {
  const { batch, length, channels, pooled, outputShape } = checkPool(x.shape, kernelSize);
  const out = new Float64Array(batch * pooled * channels);
  const at = (n: number, t: number, c: number): number => x.values[(n * length + t) * channels + c]!;
  for (let n = 0; n < batch; n++) {
    for (let p = 0; p < pooled; p++) {
      const size = Math.min(kernelSize, length - p * kernelSize);
      for (let c = 0; c < channels; c++) {
        const window = Array.from({ length: size }, (_, k) => at(n, p * kernelSize + k, c));
        out[(n * pooled + p) * channels + c] = reduce(window);
      }
    }
  }
  return store.make(outputShape, out);
}
