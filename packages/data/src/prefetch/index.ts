export { type PrefetchedBatchSource, type PrefetchOptions, prefetchBatches } from './prefetch-batches.ts';
export { shareSeries } from './share-series.ts';
