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

/** Tells how far a queue is, or writes what starts workers on a cluster. */
export async function jobs(action: string, cluster: string | undefined, flags: JobsFlags): Promise<void> {
  if (action === 'emit') {
    if (cluster === 'k8s') return writeResult(emitKubernetes(flags));
    if (cluster === 'ray') return writeResult(emitRay(flags));
    throw new UsageError(`nt jobs emit: expected k8s or ray, got ${cluster ?? 'nothing'}.`);
  }
  if (action !== 'status') throw new UsageError(`nt jobs: expected status or emit, got '${action}'.`);
  const queue = await workQueue(flags.queue);
  try {
    const counts = await queue.counts();
    const lines = Object.entries(counts).map(([state, count]) => `${state} ${count}`);
    writeResult(`${flags.json ? JSON.stringify(counts, undefined, 2) : lines.join(', ')}\n`);
  } finally {
    await queue.close();
  }
}
