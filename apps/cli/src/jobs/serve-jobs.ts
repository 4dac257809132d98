import { toPlainError } from '@nt/forecast/worker';
import { UsageError } from '../usage-error.ts';
import type { JobCheckpoints, JobProgress, RunMessage, WorkerMessage } from './job-messages.ts';

/** What a process that runs jobs works on. */
export interface JobWork {
  /** Runs a job and leaves its results in the folder, or gives them back. */
  run(job: unknown, checkpoints?: JobCheckpoints): Promise<unknown>;
  dispose(): Promise<void>;
}

/** Opens the work: data, engine. `signal` ends what is running. */
export type OpenWork = (signal: AbortSignal, tell: (progress: JobProgress) => void) => Promise<JobWork>;

/** What a step of training may take until it notices that nobody waits for it any longer. */
const patienceMilliseconds = 2000;

/**
 * Serves jobs until the channel to the parent is closed, also by the death of it: no process is left behind that computes
 * for nobody.
 *
 * @returns the exit code
 */
export async function serveJobs(open: OpenWork): Promise<number> {
  if (!process.connected) throw new UsageError('nt job-worker is for the processes that --jobs and nt worker start.');
  const stop = new AbortController();
  const left = new Promise<void>((resolve) => {
    process.once('disconnect', () => {
      stop.abort(new Error('The process that wanted the result has ended.'));
      setTimeout(() => process.exit(1), patienceMilliseconds).unref();
      resolve();
    });
  });
  // Ctrl-C in a terminal comes to all its processes; what it means here the parent says.
  process.on('SIGINT', () => {});
  const send = (message: WorkerMessage): void => {
    if (process.connected) process.send!(message, undefined, undefined, () => {});
  };
  let running: Promise<void> = Promise.resolve();
  const work = open(stop.signal, (progress) => send({ type: 'progress', progress }));
  work.then(
    () => send({ type: 'ready' }),
    () => {}, // told to the job that needed it
  );
  process.on('message', ({ job, checkpoints }: RunMessage) => {
    running = running.then(async () => {
      try {
        const result = await (await work).run(job, checkpoints);
        send({ type: 'done', ...(result !== undefined && { result }) });
      } catch (error) {
        send({ type: 'error', error: toPlainError(error) });
      }
    });
  });
  await left;
  await running;
  await work.then(
    (opened) => opened.dispose(),
    () => {},
  );
  return 0;
}
