import type { BatchSource, StepRanges } from '@nt/data';
import { mapBatches } from './map-batches.ts';

/**
 * Training batches whose windows count half as much for every `halfLife` time steps that they lie before the newest
 * window of their series.
 */
export function recencyWeighted(source: BatchSource, { ends }: StepRanges, halfLife: number): BatchSource {
  const { horizon } = source.windows;
  return mapBatches(source, (batch) => ({
    ...batch,
    weights: Float32Array.from(batch.origins, (origin, i) => {
      const age = ends[batch.series[i]!]! - horizon - origin;
      return 2 ** (-age / halfLife) * (batch.weights?.[i] ?? 1);
    }),
  }));
}
