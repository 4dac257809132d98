import type { ClusterFlags } from '../jobs/cluster-flags.ts';
import { emitKubernetes } from '../jobs/emit-kubernetes.ts';
import { emitRay } from '../jobs/emit-ray.ts';
import { workQueue } from '../jobs/work-queue.ts';
import { writeResult } from '../output/terminal.ts';
import { UsageError } from '../usage-error.ts';

/** Flags of `nt jobs`. */
export interface JobsFlags extends ClusterFlags {
  readonly json?: boolean;
}

const ofAny = ['queue', 'debug'];
const ofWorkers = [...ofAny, 'workers', 'jobs', 'cpus', 'memory'];

/** What can be asked for, and the flags that say how. */
const asked: Readonly<Record<string, readonly string[]>> = {
  status: [...ofAny, 'json'],
  'emit k8s': [...ofWorkers, 'image', 'claim', 'mount', 'once'],
  'emit ray': ofWorkers,
};

/**
 * Tells how far a queue is, or writes what starts workers on a cluster.
 *
 * @param told flags that were given
 * @throws UsageError for a flag that would be ignored
 */
export async function jobs(
  action: string,
  cluster: string | undefined,
  flags: JobsFlags,
  told: readonly string[],
): Promise<void> {
  const what = cluster === undefined ? action : `${action} ${cluster}`;
  if (!Object.hasOwn(asked, what))
    throw new UsageError(`nt jobs: expected ${Object.keys(asked).join(', ')}; got '${what}'.`);
  const strange = told.find((name) => !asked[what]!.includes(name));
  if (strange !== undefined) throw new UsageError(`--${strange}: nt jobs ${what} has no use for it; leave it out.`);
  if (what === 'emit k8s') return writeResult(emitKubernetes(flags));
  if (what === 'emit ray') return writeResult(emitRay(flags));
  const queue = await workQueue(flags.queue);
  try {
    const counts = await queue.counts();
    const lines = Object.entries(counts).map(([state, count]) => `${state} ${count}`);
    writeResult(`${flags.json ? JSON.stringify(counts, undefined, 2) : lines.join(', ')}\n`);
  } finally {
    await queue.close();
  }
}
