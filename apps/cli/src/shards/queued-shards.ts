import type { JobPool } from '../jobs/job-pool.ts';
import { withoutPassword } from '../jobs/queue-address.ts';
import { queuePool } from '../jobs/queue-pool.ts';
import { workQueue } from '../jobs/work-queue.ts';
import { type JobsSettings, usualAttempts } from '../options/jobs-flags.ts';
import type { Terminal } from '../output/terminal.ts';
import { keepShard } from './shard-folder.ts';
import { type ShardJobWork, type ShardOrder, shardJob } from './shard-job.ts';
import type { ShardResult, ShardSummary } from './shard-work.ts';

/** Shards in the queue at the same time unless told otherwise: so many results may wait in it. */
const usual = 64;

/** The shards of a forecast, run by the workers of a queue. */
export async function queuedShards(
  work: ShardJobWork,
  {
    address,
    settings,
    folder,
    signal,
    terminal,
    most,
  }: {
    readonly address: string;
    readonly settings: JobsSettings;
    readonly folder: string;
    readonly signal: AbortSignal;
    readonly terminal: Terminal;
    readonly most: number;
  },
): Promise<JobPool<ShardOrder, ShardSummary>> {
  const { jobs = usual, attempts = usualAttempts } = settings;
  const queue = await workQueue(address);
  const shown = withoutPassword(address);
  const atOnce = Math.min(jobs, most);
  terminal.line(`${atOnce} shards at the same time in the queue ${shown}, for nt worker --queue ${shown}`);
  const pool = queuePool<ShardOrder, ShardResult>({
    ...{ queue, atOnce, attempts, signal },
    nameOf: ({ id }) => `shard ${id.slice(1, 9)}`,
    queued: ({ shard }) => shardJob(work, shard),
    begun: async () => {},
    keep: (result, { id }) => keepShard(folder, id, result),
    onProgress: () => {},
    onNobody: () => terminal.line(`nobody takes the shards: start nt worker --queue ${shown}`),
  });
  return { ...pool, run: async (order, lane) => (await pool.run(order, lane)).summary };
}
