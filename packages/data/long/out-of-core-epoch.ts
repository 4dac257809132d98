import { windows } from '@nt/data';
import { openShardFiles } from '@nt/data/node';
import { shardBatches } from '@nt/data/parquet';

/** One shuffled epoch over shards on disk, in a process of its own; prints what was read and the peak of its memory. */
const sharded = await openShardFiles(process.argv[2]!, { id: 'id', target: 'y', historic: ['a', 'b', 'c'] });
const all = windows(sharded.outline, { inputSize: 168, horizon: 24, stride: Number(process.argv[3]) });
const source = shardBatches(sharded, all, { batchSize: 512, blocks: { blockSeries: 4, poolBlocks: 4 }, seed: 1 });
const seen = new Uint8Array(all.count);
let sum = 0;
for await (const batch of source) {
  for (const window of batch.windows) seen[window]!++;
  sum += batch.input[0]!;
}
const { maxRSS } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    series: sharded.outline.ids.length,
    once: seen.every((count) => count === 1),
    windows: all.count,
    sum,
    peakMb: maxRSS / 1024,
  }),
);
