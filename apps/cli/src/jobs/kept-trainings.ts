import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

/** Where the workers of a queue keep trainings that are not finished: told, or in the folder that the queue is. */
export function trainingsFolder(queue: string, told: string | undefined): string | null {
  if (told !== undefined) return resolve(told);
  return /^[a-z][a-z\d+.-]+:\/\//i.test(queue) ? null : resolve(queue, 'checkpoints');
}

/**
 * A folder for one more attempt at a job, with what the attempt before has left. Each has its own: a worker that was thought
 * lost may still be writing into the other.
 */
export async function nextAttempt(root: string, job: string): Promise<string> {
  const folder = join(root, job);
  await mkdir(folder, { recursive: true });
  const earlier = (await readdir(folder)).map(Number).filter(Number.isInteger);
  const last = Math.max(0, ...earlier);
  for (let attempt = last + 1; ; attempt++) {
    const own = join(folder, String(attempt));
    try {
      await mkdir(own);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      continue; // of another worker, begun in this moment
    }
    if (last > 0) await copy(join(folder, String(last)), own);
    return own;
  }
}

/** The lock stays with whom it is; what is taken away or torn meanwhile is found when it is read. */
async function copy(from: string, to: string): Promise<void> {
  const filter = (path: string): boolean => !basename(path).startsWith('.lock');
  await cp(from, to, { recursive: true, filter }).catch(() => {});
}

/** Forgets the trainings of a job that is over. */
export const forgetTrainings = (root: string, job: string): Promise<void> =>
  rm(join(root, job), { recursive: true, force: true, maxRetries: 5 });
