import type { BatchSource, StepRanges } from '@nt/data';
import { mapBatches } from './map-batches.ts';

/**
 * Training batches whose windows count half as much for every `halfLife` time steps that they lie before the newest
 * whole window of their series; those that reach behind the training part are as new as it.
 */
export function recencyWeighted(source: BatchSource, { ends }: StepRanges, halfLife: number): BatchSource {
  const { horizon } = source.windows;
  return mapBatches(source, (batch) => ({
    ...batch,
    weights: Float32Array.from(batch.origins, (origin, i) => {
      const age = Math.max(0, ends[batch.series[i]!]! - horizon - origin);
      return 2 ** (-age / halfLife) * (batch.weights?.[i] ?? 1);
    }),
  }));
}
