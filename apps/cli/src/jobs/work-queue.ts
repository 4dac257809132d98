import { type JobQueue, JobsError, openQueue, type QueueOptions } from '@nt/jobs';
import { UsageError } from '../usage-error.ts';

/** The password of a server whose address has none. */
const passwordVariable = 'NT_QUEUE_PASSWORD';

/** Opens the queue that `--queue` names. @throws UsageError for an address of no queue; JobsError of its server */
export async function workQueue(address: string, options: QueueOptions = {}): Promise<JobQueue> {
  try {
    return await openQueue(address, options, process.env[passwordVariable]);
  } catch (error) {
    if (JobsError.isInstance(error) && error.code === 'jobs/option') throw new UsageError(`--queue: ${error.message}`);
    throw error;
  }
}
