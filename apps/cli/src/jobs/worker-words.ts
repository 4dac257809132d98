import type { ClusterFlags } from './cluster-flags.ts';
import { withoutPassword } from './queue-address.ts';

/** How a worker is called on a cluster. The address must be free of secrets: it is in the manifest. */
export const workerWords = (
  { queue, jobs, cpus }: Pick<ClusterFlags, 'queue' | 'jobs' | 'cpus'>,
  more: readonly string[],
): string[] => {
  return ['worker', '--queue', withoutPassword(queue), '--jobs', String(jobs), '--threads', String(cpus), ...more];
};
