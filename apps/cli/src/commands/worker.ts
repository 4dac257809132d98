import { availableParallelism, hostname } from 'node:os';
import { type Job, type WorkEvent, workOnJobs } from '@nt/jobs';
import { abortOnSignals } from '@nt/trainer/node';
import type { JobProgress } from '../jobs/job-messages.ts';
import { threadsOf } from '../jobs/job-pool.ts';
import { type JobProcess, startJobProcess } from '../jobs/job-process.ts';
import { forgetTrainings, nextAttempt, trainingsFolder } from '../jobs/kept-trainings.ts';
import { withoutPassword } from '../jobs/queue-address.ts';
import { queuedName } from '../jobs/queued-work.ts';
import { workQueue } from '../jobs/work-queue.ts';
import { stderrTerminal, type Terminal } from '../output/terminal.ts';
import { UsageError } from '../usage-error.ts';

/** Flags of `nt worker`; durations in seconds. */
export interface WorkerFlags {
  readonly queue: string;
  readonly jobs: number;
  readonly threads?: number;
  readonly idle?: number;
  readonly once?: boolean;
  readonly lease: number;
  readonly checkpoints?: string;
  readonly checkpointEvery?: number;
  readonly quiet?: boolean;
}

/** The exit code that says that trying again would fail again; Kubernetes is told so. */
const failsAgain = 42;

/**
 * Works on the jobs of a queue. Each lane computes in a process of its own, so that this one renews leases in time, and
 * outlives a job that takes all memory.
 *
 * @returns the exit code
 */
export async function worker({ queue: address, jobs, lease, idle, once, ...flags }: WorkerFlags): Promise<number> {
  if (once && (jobs > 1 || idle !== undefined))
    throw new UsageError(`--once: one job is run and no more; leave ${jobs > 1 ? '--jobs' : '--idle'} out.`);
  const terminal = stderrTerminal(flags.quiet === true);
  const threads = flags.threads ?? usualThreads();
  const milliseconds = lease * 1000;
  const trainings = trainingsFolder(address, flags.checkpoints);
  if (trainings === null && flags.checkpointEvery !== undefined)
    throw new UsageError('--checkpoint-every: say where, with --checkpoints FOLDER, on a disk that all workers share.');
  const queue = await workQueue(address, { lease: milliseconds });
  const watch = abortOnSignals();
  const lanes: (JobProcess | undefined)[] = [];
  let exitCode = 0;
  try {
    terminal.line(`working on ${withoutPassword(address)}: ${jobs} at the same time, ${threads} threads`);
    await workOnJobs(queue, {
      worker: `${hostname()} ${process.pid}`,
      atOnce: jobs,
      lease: milliseconds,
      signal: watch.signal,
      ...(once ? { most: 1, idle: 0 } : idle !== undefined && { idle: idle * 1000 }),
      isFinal,
      onEvent: (event) => {
        tell(terminal, event);
        const isOver = event.type === 'done' || (event.type === 'failed' && event.isFinal);
        if (isOver && trainings !== null) void forgetTrainings(trainings, event.job.id).catch(() => {});
        if (once && event.type === 'failed') exitCode = event.isFinal ? failsAgain : 1;
      },
      async run(job, lane, tellQueue, signal) {
        if (!lanes[lane]?.isThere)
          lanes[lane] = startJobProcess(['job-worker', 'queued'], threadsOf(lane, jobs, threads));
        const child = lanes[lane];
        // What nobody wants any longer is not finished first.
        const end = (): void => void child.end();
        signal.addEventListener('abort', end, { once: true });
        try {
          let isFirst = true;
          const onProgress = (progress: JobProgress): void => {
            if (isFirst && progress.update > 0) terminal.line(`${told(job)}: goes on at update ${progress.update}`);
            isFirst = false;
            tellQueue({ ...progress });
          };
          const checkpoints =
            trainings === null || job.type === 'forecast-shard'
              ? undefined
              : { folder: await nextAttempt(trainings, job.id), every: flags.checkpointEvery };
          return (await child.run(job, queuedName(job), onProgress, checkpoints)) as never;
        } finally {
          signal.removeEventListener('abort', end);
        }
      },
    });
    return exitCode;
  } finally {
    await Promise.all(lanes.map((lane) => lane?.end()));
    watch.dispose();
    await queue.close();
  }
}

/** As the CPU engine decides it. */
function usualThreads(): number {
  const told = Number(process.env['NT_THREADS']);
  return Number.isInteger(told) && told >= 1 ? told : Math.min(8, availableParallelism());
}

/** Errors that say what is wrong with a job come again; a lost process, a full disk, a file not yet there may not. */
function isFinal(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'UsageError') return true;
  return (
    typeof code === 'string' &&
    /^[a-z-]+\/[a-z-]+$/.test(code) &&
    !['forecast/job-lost', 'data/missing-file'].includes(code)
  );
}

/** `fold 2 (1a2b3c4d)` */
const told = (job: Job): string => `${queuedName(job)} (${job.id.slice(1, 9)})`;

function tell(terminal: Terminal, event: WorkEvent): void {
  const what = told(event.job);
  if (event.type === 'begun') terminal.line(`${what}: begun${event.attempt > 1 ? `, attempt ${event.attempt}` : ''}`);
  else if (event.type === 'failed')
    terminal.error(`${what}: failed${event.isFinal ? ', for good' : ''}: ${event.reason}`);
  else terminal.line(`${what}: ${{ done: 'done', lost: 'no longer ours', released: 'given back' }[event.type]}`);
}
