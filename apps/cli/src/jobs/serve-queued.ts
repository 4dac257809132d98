import type { Job } from '@nt/jobs';
import { openBacktest, type WorkUse } from './backtest-work.ts';
import { checkData } from './data-reference.ts';
import { openQueuedForecast } from './forecast-work.ts';
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
  const close = async (): Promise<void> => {
    const last = opened;
    opened = null;
    await last?.dispose();
  };
  return {
    async run(given) {
      const job = readQueuedJob(given as Job);
      const key = JSON.stringify([job.type, job.work]);
      if (opened?.key !== key) {
        await close();
        opened = { key, ...(await open(job, signal, tell)) };
      }
      return opened.run(job);
    },
    dispose: close,
  };
};

async function open(job: QueuedJob, signal: AbortSignal, tell: WorkUse['tell']): Promise<Omit<Opened, 'key'>> {
  if (job.type === 'forecast-shard') {
    const { run, dispose } = await openQueuedForecast(job.work);
    return { dispose, run: (one) => run((one as typeof job).shard) };
  }
  const { engine, kernelSet, data } = job.work;
  await checkData(data);
  const use: WorkUse = { engine, kernelSet: kernelSet ?? undefined, signal, tell };
  if (job.type === 'backtest-fold') {
    const { run, walk } = job.work;
    const backtest = await openBacktest({ run: { ...run, data: { ...run.data, source: data.source } }, walk }, use);
    return { ...backtest, run: (one) => backtest.run((one as typeof job).fold) };
  }
  const { reading, model, options } = job.work;
  const search = await openSearch({ data: { source: data.source, reading }, model, options }, use);
  return { ...search, run: (one) => search.run((one as typeof job).trial) };
}
