import type { Batch, BatchSource } from '@nt/data';

/** The batches of a source, each changed; their order and the saved place stay the source's. */
export function mapBatches(source: BatchSource, change: (batch: Batch) => Batch): BatchSource {
  return {
    windows: source.windows,
    batchSize: source.batchSize,
    batchesPerEpoch: source.batchesPerEpoch,
    get epoch() {
      return source.epoch;
    },
    get position() {
      return source.position;
    },
    state: () => source.state(),
    restore: (state) => source.restore(state),
    reset: () => source.reset(),
    *[Symbol.iterator]() {
      for (const batch of source) yield change(batch);
    },
  };
}
