import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkJob, type Job } from '../job.ts';
import { givenUp, type JobQueue, type QueueOptions, type SubmitOptions, usualLease } from '../job-queue.ts';
import type { Json } from '../json.ts';
import { folderDelivery } from './folder-delivery.ts';
import { ifMissing, type JobFiles, jobFiles, readJson, writeJson } from './job-files.ts';
import { leaseWatch } from './lease-watch.ts';

/** `job.json` */
interface JobFile {
  readonly job: Job;
  readonly attempts: number;
}

/** How often a job is put where its folder is taken away before that is believed to be no accident. */
const turns = 20;

/**
 * A queue of files, for processes of one machine or of several that share a folder. Each job has a folder; a lease is a
 * file that only one process can make, its beat the time of that file. No clock is compared with another's: a lease has run
 * out when its time did not change for as long by the clock of whoever looks.
 */
export function folderQueue(path: string, { lease: patience = usualLease }: QueueOptions = {}): JobQueue {
  const root = join(path, 'jobs');
  const at = (id: string, ...names: string[]): string => join(root, id, ...names);
  const watch = leaseWatch(patience);

  const ids = async (): Promise<string[]> => {
    const names = await readdir(root).catch(ifMissing<string[]>([]));
    return names.filter((name) => /^j[0-9a-f]{64}$/.test(name));
  };
  const reasonOf = async (file: string): Promise<string | undefined> =>
    ((await readJson(file)) as { reason?: string } | undefined)?.reason;

  /** Tries anew: what earlier tries have left goes first, so that nobody takes the job in between. */
  const again = async (id: string): Promise<void> => {
    for (const name of await readdir(at(id)).catch(ifMissing<string[]>([])))
      if (name !== 'job.json' && name !== 'failed.json') await rm(at(id, name), { force: true });
    await rm(at(id, 'failed.json'), { force: true });
  };

  /** @returns true: it is there, or was */
  const put = async (job: Job, { attempts }: SubmitOptions): Promise<true> => {
    await mkdir(at(job.id), { recursive: true });
    const found = await jobFiles(at(job.id));
    if (found.isThere && !found.isFailed) return true;
    await writeJson(at(job.id, 'job.json'), { job, attempts } satisfies JobFile);
    if (found.isFailed) await again(job.id);
    return true;
  };

  const submit = async (job: Job, options: SubmitOptions): Promise<void> => {
    // Whoever forgets the job at the same time takes the folder away in the middle.
    for (let turn = 1; turn < turns; turn++) if (await put(job, options).catch(ifMissing(false))) return;
    await put(job, options);
  };

  /** Ends a job without a result; one that is forgotten meanwhile stays so. */
  const end = (id: string, reason: string): Promise<void> =>
    writeJson(at(id, 'failed.json'), { reason }).catch(ifMissing(undefined));

  /** Makes the next lease of a job. @returns null when another was quicker, or the job is over */
  const lease = async (id: string, found: JobFiles, worker: string) => {
    const file = await readJson(at(id, 'job.json')).catch(() => ({})); // damaged, which `checkJob` says
    if (file === undefined) return null; // forgotten meanwhile
    const { job: said, attempts } = file as JobFile;
    const over = (reason: string): Promise<null> => end(id, reason).then(() => null);
    let job: Job;
    try {
      job = checkJob(said, id);
    } catch (error) {
      return over((error as Error).message);
    }
    if (found.tries >= attempts) {
      const last = await reasonOf(at(id, `end-${found.lease}.json`));
      return over(givenUp(attempts, last));
    }
    const token = `${worker} ${randomUUID()}`;
    const next = found.lease + 1;
    const isOurs = await writeFile(at(id, `lease-${next}`), token, { flag: 'wx' }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST' || error.code === 'ENOENT') return false;
        throw error;
      },
    );
    return isOurs ? folderDelivery({ job, folder: at(id), lease: next, attempt: found.tries + 1, token }) : null;
  };

  return {
    submit,
    async look(id) {
      const found = await jobFiles(at(id));
      if (found.isDone) {
        const file = (await readJson(at(id, 'result.json'))) as { result: Json } | undefined;
        return file ? { state: 'done', result: file.result } : { state: 'absent' };
      }
      if (found.isFailed)
        return { state: 'failed', reason: (await reasonOf(at(id, 'failed.json'))) ?? 'no reason told' };
      if (!found.isThere) return { state: 'absent' };
      if (!found.isHeld) return { state: 'waiting' };
      const told = (await readJson(at(id, 'progress.json'))) as { lease: number; progress: Json } | undefined;
      const progress = told?.lease === found.lease ? told.progress : null;
      return { state: 'running', attempt: found.tries, progress };
    },
    async take(worker) {
      for (const id of await ids()) {
        const found = await jobFiles(at(id));
        if (!found.isThere || found.isDone || found.isFailed) continue;
        if (found.isHeld && !(await watch.isOver(at(id, `lease-${found.lease}`)))) continue;
        const delivery = await lease(id, found, worker);
        if (delivery) return delivery;
      }
      return null;
    },
    async cancel(id, reason) {
      const found = await jobFiles(at(id));
      if (found.isThere && !found.isDone && !found.isFailed) await end(id, reason);
    },
    remove: (id) => rm(at(id), { recursive: true, force: true, maxRetries: 5 }),
    async counts() {
      const counts = { waiting: 0, running: 0, done: 0, failed: 0 };
      for (const id of await ids()) {
        const found = await jobFiles(at(id));
        if (!found.isThere) continue;
        counts[found.isDone ? 'done' : found.isFailed ? 'failed' : found.isHeld ? 'running' : 'waiting']++;
      }
      return counts;
    },
    close: async () => {},
  };
}

/** Whether a path is a folder that jobs can be put into, or can become one. */
export const isFolderOrNew = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
