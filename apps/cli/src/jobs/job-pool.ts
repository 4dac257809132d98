import { setTimeout as wait } from 'node:timers/promises';
import { ForecastError, type JobRunner } from '@nt/forecast';
import type { OneEngine } from '../engine-names.ts';
import type { JobProgress } from './job-messages.ts';
import { type JobProcess, startJobProcess } from './job-process.ts';

/** What a folder is worked on for. */
export type WorkKind = 'backtest' | 'optimize' | 'forecast';

/** How the jobs of a folder are run in processes of their own. */
export interface JobPoolOptions<Job, Result> {
  readonly kind: WorkKind;
  readonly folder: string;
  readonly atOnce: number;
  /** Threads of all processes together; each has one at least. */
  readonly threads: number;
  readonly engine: OneEngine;
  readonly signal: AbortSignal;
  /** For people: `fold 2`. */
  nameOf(job: Job): string;
  /** Resolves when the folder says what is to be done. */
  begun(): Promise<unknown>;
  /** What a job has left in the folder; undefined when it cannot be read. */
  read(job: Job): Promise<Result | undefined>;
  onProgress(job: Job, progress: JobProgress): void;
}

/** Processes that run jobs. */
export interface JobPool<Job, Result> extends JobRunner<Job, Result> {
  /** Ends all processes, whatever they do, and resolves when they are gone. */
  end(): Promise<void>;
}

/** A signal for all processes of a group comes to a child as well, and may end it a moment before this process hears of it. */
const hearsOfSignal = 100;

/** One process for each lane, started when it gets a job, and again when it was lost. */
export function jobPool<Job, Result>(options: JobPoolOptions<Job, Result>): JobPool<Job, Result> {
  const { kind, folder, atOnce, threads, engine, signal, nameOf, begun, read, onProgress } = options;
  const lanes: (JobProcess | undefined)[] = [];
  const end = async (): Promise<void> => {
    await Promise.all(lanes.map((lane) => lane?.end()));
  };
  const onAbort = (): void => void end();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    atOnce,
    async run(job, lane) {
      await begun();
      signal.throwIfAborted();
      if (!lanes[lane]?.isThere)
        lanes[lane] = startJobProcess(['job-worker', kind, folder, engine], threadsOf(lane, atOnce, threads));
      const name = nameOf(job);
      try {
        await lanes[lane].run(job, name, (progress) => onProgress(job, progress));
      } catch (error) {
        if (isLoss(error)) await wait(hearsOfSignal);
        signal.throwIfAborted();
        throw error;
      }
      const result = await read(job);
      if (result === undefined) throw new Error(`${name}: its result in ${folder} cannot be read.`);
      return result;
    },
    async end() {
      signal.removeEventListener('abort', onAbort);
      await end();
    },
  };
}

/** Threads of a lane: what is left over goes to the first. */
export const threadsOf = (lane: number, atOnce: number, threads: number): number =>
  Math.max(1, Math.floor(threads / atOnce) + (lane < threads % atOnce ? 1 : 0));

/** Whether a job has failed as its process is gone. */
export const isLoss = (error: unknown): boolean =>
  ForecastError.isInstance(error) && error.code === 'forecast/job-lost';

/** Whether what is finished is kept, and the rest can be gone on with: of a lost job, of a queue that is not reached. */
export const canGoOn = (error: unknown): boolean =>
  isLoss(error) || (error as { code?: unknown } | null)?.code === 'jobs/unreachable';
