import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FitCheckpoints } from '@nt/forecast';
import type { Job } from '@nt/jobs';
import { nodeStorage } from '@nt/trainer/storage/node';
import { openBacktest, type WorkUse } from './backtest-work.ts';
import { checkData } from './data-reference.ts';
import { openQueuedForecast } from './forecast-work.ts';
import type { JobCheckpoints } from './job-messages.ts';
import { type QueuedJob, readQueuedJob } from './queued-work.ts';
import { openSearch } from './search-work.ts';
import type { OpenWork } from './serve-jobs.ts';

/** Jobs of one work. */
interface Opened {
  readonly key: string;
  run(job: QueuedJob): Promise<unknown>;
  dispose(): Promise<void>;
}

/** Jobs of a queue, one by one, of whatever work: data and engine stay open for the next job of the same. */
export const serveQueued: OpenWork = async (signal, tell) => {
  let opened: Opened | null = null;
  let kept: JobCheckpoints | undefined;
  let trainings = 0;
  const checkpointsOf = (): FitCheckpoints | undefined => {
    if (kept === undefined) return undefined;
    const { every } = kept;
    const place = join(kept.folder, String(trainings++));
    return { every, storage: (member) => nodeStorage(join(place, member)) };
  };
  const close = async (): Promise<void> => {
    const last = opened;
    opened = null;
    await last?.dispose();
  };
  return {
    async run(given, checkpoints) {
      const job = readQueuedJob(given as Job);
      const key = JSON.stringify([job.type, job.work]);
      if (opened?.key !== key) {
        await close();
        opened = { key, ...(await open(job, { signal, tell, checkpointsOf })) };
      }
      [kept, trainings] = [checkpoints, 0];
      try {
        return await opened.run(job);
      } catch (error) {
        if (checkpoints === undefined || !isOfCheckpoints(error)) throw error;
        // What a lost worker left may be torn; the job does not depend on it.
        await rm(checkpoints.folder, { recursive: true, force: true });
        [kept, trainings] = [undefined, 0];
        return await opened.run(job);
      }
    },
    dispose: close,
  };
};

const isOfCheckpoints = (error: unknown): boolean =>
  ['trainer/no-checkpoint', 'trainer/corrupt-checkpoint', 'trainer/config-changed'].includes(
    String((error as { code?: unknown }).code),
  );

async function open(
  job: QueuedJob,
  how: Pick<WorkUse, 'signal' | 'tell' | 'checkpointsOf'>,
): Promise<Omit<Opened, 'key'>> {
  if (job.type === 'forecast-shard') {
    const { run, dispose } = await openQueuedForecast(job.work);
    return { dispose, run: (one) => run((one as typeof job).shard) };
  }
  const { engine, kernelSet, data } = job.work;
  await checkData(data);
  const use: WorkUse = { engine, kernelSet: kernelSet ?? undefined, ...how };
  if (job.type === 'backtest-fold') {
    const { run, walk } = job.work;
    const backtest = await openBacktest({ run: { ...run, data: { ...run.data, source: data.source } }, walk }, use);
    return { ...backtest, run: (one) => backtest.run((one as typeof job).fold) };
  }
  const { reading, model, options } = job.work;
  const search = await openSearch({ data: { source: data.source, reading }, model, options }, use);
  return { ...search, run: (one) => search.run((one as typeof job).trial) };
}
