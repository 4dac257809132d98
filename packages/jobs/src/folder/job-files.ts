import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What there is of a job, by the names in its folder: how often it was begun, and how each time ended. */
export interface JobFiles {
  readonly isThere: boolean;
  readonly isDone: boolean;
  readonly isFailed: boolean;
  /** The newest lease, from 1; 0 when it was never taken. */
  readonly lease: number;
  /** Whether somebody holds that lease, or did when he was lost. */
  readonly isHeld: boolean;
  /** How often it was begun and not given back. */
  readonly tries: number;
}

/** Looks at the folder of a job. */
export async function jobFiles(folder: string): Promise<JobFiles> {
  const names = new Set(await readdir(folder).catch(ifMissing<string[]>([])));
  const numbers = (kind: string): number[] =>
    [...names].flatMap((name) =>
      name.startsWith(`${kind}-`) ? [Number.parseInt(name.slice(kind.length + 1), 10)] : [],
    );
  const leases = numbers('lease');
  const lease = Math.max(0, ...leases);
  return {
    isThere: names.has('job.json'),
    isDone: names.has('result.json'),
    isFailed: names.has('failed.json'),
    lease,
    isHeld: lease > 0 && !names.has(`released-${lease}`) && !names.has(`end-${lease}.json`),
    tries: leases.length - numbers('released').length,
  };
}

/** A file of JSON; undefined where there is none. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(ifMissing(undefined));
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

/** Writes a file whole or not at all, and on the disk: a name without its content would be taken for a result. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const temporary = join(path, '..', `.${randomUUID()}`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(JSON.stringify(value));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** For `catch`: what is not there is `value`, every other error stays one. */
export const ifMissing =
  <Value>(value: Value) =>
  (error: unknown): Value => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return value;
    throw error;
  };
