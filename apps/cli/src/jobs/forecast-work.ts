import { openParts } from '@nt/data/node';
import { loadModelFolder } from '@nt/forecast/node';
import { createEngine } from '../create-engine.ts';
import type { OneEngine } from '../engine-names.ts';
import { checkModel } from '../shards/model-reference.ts';
import { keepShard, readForecast } from '../shards/shard-folder.ts';
import type { Shard, ShardJobWork, ShardOrder } from '../shards/shard-job.ts';
import { type ShardPlan, type ShardResult, shardForecaster } from '../shards/shard-work.ts';
import { UsageError } from '../usage-error.ts';
import { checkKernelSet } from './check-kernel-set.ts';
import { checkFiles } from './data-reference.ts';
import { orFreed } from './or-freed.ts';
import type { OpenWork } from './serve-jobs.ts';

/** Shards of one forecast. */
export interface OpenForecast {
  run(shard: Shard): Promise<ShardResult>;
  dispose(): Promise<void>;
}

/** Opens a forecast: engine and model. */
async function openForecast(
  folder: string,
  plan: ShardPlan,
  { engine, kernelSet }: { readonly engine: OneEngine; readonly kernelSet?: string | undefined },
): Promise<OpenForecast> {
  const backend = await createEngine(engine, 'float32');
  return orFreed(backend, async () => {
    await checkKernelSet(backend, kernelSet);
    const model = await loadModelFolder(backend, folder);
    const forecast = shardForecaster(model, plan);
    return {
      run: ({ spans }) => forecast(spans),
      async dispose() {
        model.dispose();
        await backend.dispose();
      },
    };
  });
}

/** The shards of the forecast in a folder, one by one. */
export const forecastWork =
  (folder: string, engine: OneEngine): OpenWork =>
  async () => {
    const { flags, plan } = await readForecast(folder);
    const { run, dispose } = await openForecast(flags.model, plan, { engine });
    return { run: async (order) => keepOrder(folder, order as ShardOrder, run), dispose };
  };

async function keepOrder(folder: string, { id, shard }: ShardOrder, run: OpenForecast['run']): Promise<void> {
  await keepShard(folder, id, await run(shard));
}

/** Opens a forecast of a queue, whose jobs are not trusted to be about what is on this machine. @throws UsageError */
export async function openQueuedForecast({ model, engine, kernelSet, ...plan }: ShardJobWork): Promise<OpenForecast> {
  await checkModel(model);
  const { run, dispose } = await openForecast(model.folder, plan, { engine, kernelSet: kernelSet ?? undefined });
  const files = openParts({}, plan.reading);
  return {
    dispose,
    async run(shard) {
      await checkFiles(shard.spans.map(({ file }) => file));
      if ((await files.hash(shard.spans)) === shard.sha256) return run(shard);
      throw new UsageError(
        `${shard.spans[0]?.file}: its content on this machine is not what the job was made of (SHA-256 of the rows that it reads). Give all machines the same files at this path.`,
      );
    },
  };
}
