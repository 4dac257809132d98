import { openParts, type SeriesPart } from '@nt/data/node';
import type { OpenModel } from '../commands/use-model.ts';
import type { OneEngine } from '../engine-names.ts';
import { type JobPool, jobPool } from '../jobs/job-pool.ts';
import { ntVersion } from '../jobs/nt-version.ts';
import { sharingOf } from '../jobs/sharing.ts';
import type { ForecastFlags } from '../options/forecast-flags.ts';
import type { Terminal } from '../output/terminal.ts';
import { modelReference } from './model-reference.ts';
import { keepShard, readShard } from './shard-folder.ts';
import { type ShardJobWork, type ShardOrder, shardJob, shardName } from './shard-job.ts';
import { type ShardPlan, type ShardSummary, shardForecaster } from './shard-work.ts';

/** What the shards of a forecast are run with. */
export interface ShardPoolOptions {
  readonly flags: ForecastFlags;
  readonly model: OpenModel;
  readonly plan: ShardPlan;
  readonly parts: readonly SeriesPart[];
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
  /** Is filled with the address of each shard. */
  readonly ids: string[];
}

/** Runs shards by number, but those that are finished: here, in child processes, or by workers of a queue. */
export async function shardPool(options: ShardPoolOptions): Promise<JobPool<number, ShardSummary>> {
  const { flags, model, plan, parts, folder, signal, ids, terminal } = options;
  const { kernelSet = null } = await model.backend.describe();
  const engine = model.backend.name as OneEngine;
  const work: ShardJobWork = { nt: ntVersion, engine, kernelSet, model: await modelReference(flags.model), ...plan };
  const pool = await poolOf(options, work);
  const files = openParts({}, plan.reading);
  let finished = 0;
  return {
    ...pool,
    async run(number, lane) {
      signal.throwIfAborted();
      const { spans } = parts[number]!;
      const shard = { spans, sha256: await files.hash(spans) };
      const { id } = shardJob(work, shard);
      ids[number] = id;
      const kept = await readShard(folder, id);
      if (kept === undefined) return pool.run({ id, shard }, lane);
      if (finished++ === 0) terminal.line(`${shardName(number)}: it is finished already, and so may others be`);
      return kept;
    },
  };
}

async function poolOf(
  { flags, model, plan, parts, folder, signal, terminal }: ShardPoolOptions,
  work: ShardJobWork,
): Promise<JobPool<ShardOrder, ShardSummary>> {
  if (flags.queue !== undefined) {
    const { queuedShards } = await import('./queued-shards.ts');
    return queuedShards(work, { address: flags.queue, settings: flags, folder, signal, terminal, most: parts.length });
  }
  const sharing = await sharingOf(model.backend, flags, parts.length, 'shards');
  if (sharing === null) {
    const forecast = shardForecaster(model.forecaster, plan);
    const run = async ({ id, shard }: ShardOrder): Promise<ShardSummary> => {
      const result = await forecast(shard.spans);
      await keepShard(folder, id, result);
      return result.summary;
    };
    return { atOnce: 1, run, end: async () => {} };
  }
  terminal.line(sharing.text);
  return jobPool<ShardOrder, ShardSummary>({
    ...sharing,
    kind: 'forecast',
    folder,
    signal,
    nameOf: ({ id }) => `shard ${id.slice(1, 9)}`,
    begun: async () => {},
    read: ({ id }) => readShard(folder, id),
    onProgress: () => {},
  });
}
