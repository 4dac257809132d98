import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '../job.ts';
import type { Delivery } from '../job-queue.ts';
import { ifMissing, jobFiles, writeJson } from './job-files.ts';

/** A lease of a job as files. */
export interface FolderLease {
  readonly job: Job;
  /** Of the job. */
  readonly folder: string;
  /** Which lease of the job, from 1. */
  readonly lease: number;
  /** How often it was begun and not given back, this time included. */
  readonly attempt: number;
  /** What the file of the lease holds: a job that is tried anew begins its leases from 1 again. */
  readonly token: string;
}

/** The hands of a worker: every change looks first whether the lease is still its own. */
export function folderDelivery({ job, folder, lease, attempt, token }: FolderLease): Delivery {
  const file = join(folder, `lease-${lease}`);
  const isOurs = async (): Promise<boolean> => {
    const found = await jobFiles(folder);
    if (found.isDone || found.isFailed || found.lease !== lease || !found.isHeld) return false;
    return (await readFile(file, 'utf8').catch(ifMissing(''))) === token;
  };
  const ifOurs = async (change: () => Promise<void>): Promise<void> => {
    if (await isOurs()) await change().catch(ifMissing(undefined)); // forgotten meanwhile
  };
  return {
    job,
    attempt,
    async beat() {
      if (!(await isOurs())) return false;
      const now = new Date();
      await utimes(file, now, now).catch(ifMissing(undefined));
      return true;
    },
    tell: (progress) => ifOurs(() => writeJson(join(folder, 'progress.json'), { lease, progress })),
    done: (result) => ifOurs(() => writeJson(join(folder, 'result.json'), { result })),
    fail: (reason, isFinal) =>
      ifOurs(() => writeJson(join(folder, isFinal ? 'failed.json' : `end-${lease}.json`), { reason })),
    release: () => ifOurs(() => writeFile(join(folder, `released-${lease}`), '')),
  };
}
