import { isPiped } from '@nt/data/node';
import type { Backend, Tensor } from '@nt/tensor';
import type { OneEngine } from '../engine-names.ts';
import type { JobsSettings } from '../options/jobs-flags.ts';
import { UsageError } from '../usage-error.ts';
import { threadsOf } from './job-pool.ts';

/** How processes share a machine. */
export interface Sharing {
  readonly atOnce: number;
  /** Of all processes together. */
  readonly threads: number;
  readonly engine: OneEngine;
  /** For people. */
  readonly text: string;
}

/** Looks, before anything is read, whether other processes can read it too. @throws UsageError */
export function checkShareable({ jobs = 1 }: JobsSettings, source: string): void {
  if (jobs === 1 || !isPiped(source)) return;
  throw new UsageError(
    `--jobs ${jobs}: what is piped in can be read once only, and each process reads the data. Write it into a file and give that with -d.`,
  );
}

/** Engines that compute on processors, which several processes can share. */
const sharedEngines: readonly string[] = ['cpu', 'reference'];

/**
 * How many processes run the jobs.
 *
 * @param most jobs that can run at the same time
 * @param what they are: `folds`
 * @returns null when all is done in this process
 * @throws UsageError for an engine with one device
 */
export async function sharingOf(
  backend: Backend<Tensor>,
  { jobs = 1 }: JobsSettings,
  most: number,
  what: string,
): Promise<Sharing | null> {
  if (jobs === 1) return null;
  if (!sharedEngines.includes(backend.name))
    throw new UsageError(
      `--jobs ${jobs}: '${backend.name}' computes on one device, which all processes would share, each with its own copy of everything. Leave --jobs out, or give --backend cpu.`,
    );
  const atOnce = Math.min(jobs, most);
  if (atOnce === 1) return null;
  const { threads = 1 } = await backend.describe();
  const each = [...new Set(Array.from({ length: atOnce }, (_, lane) => threadsOf(lane, atOnce, threads)))];
  const share = `${each.sort((a, b) => a - b).join(' or ')} thread${each.at(-1) === 1 ? '' : 's'}`;
  const text = `${atOnce} ${what} at the same time, each in a process of its own with ${share} (${threads} in all)`;
  return { atOnce, threads, engine: backend.name as OneEngine, text };
}
