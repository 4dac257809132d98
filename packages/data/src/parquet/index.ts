export { openShards, type Shard, type ShardedSeries, type ShardsOptions } from '../shards/open-shards.ts';
export { type ShardBatchesOptions, type ShardBatchSource, shardBatches } from '../shards/shard-batches.ts';
export type { RandomAccessFile } from './parquet-file.ts';
export { readParquet } from './read-parquet.ts';
