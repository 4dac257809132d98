import type { JobQueue, QueueOptions } from './job-queue.ts';
import { JobsError } from './jobs-error.ts';

/**
 * Opens the queue of an address: a folder, `redis://…`, `rediss://…` (TLS) or `postgres://…`. What a kind needs is loaded
 * when it is asked for.
 *
 * @param password for an address that has none
 * @throws JobsError `jobs/option` for another scheme; `jobs/not-installed`, `jobs/unreachable` of servers
 */
export async function openQueue(address: string, options: QueueOptions = {}, password?: string): Promise<JobQueue> {
  const scheme = /^([a-z][a-z\d+.-]+):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return (await import('./folder/index.ts')).folderQueue(address, options);
  const { bullmqQueue, isServer } = await import('./bullmq/index.ts');
  if (isServer(address)) return bullmqQueue(withPassword(address, password), options);
  const message = `A queue is a folder, or redis://…, rediss://…, postgres://…; found ${scheme}://…`;
  throw new JobsError('jobs/option', message, { scheme });
}

function withPassword(address: string, password: string | undefined): string {
  if (password === undefined || !URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.password === '') url.password = encodeURIComponent(password);
  return url.href;
}
