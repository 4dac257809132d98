import { createHash } from 'node:crypto';
import { shellText } from '../options/shell-text.ts';
import type { ClusterFlags } from './cluster-flags.ts';
import { workerWords } from './worker-words.ts';

/**
 * What `POST /api/jobs/` of a Ray head takes, a line for each worker. The submission id follows from the content, so that the
 * same worker submitted twice is refused.
 */
export function emitRay({ workers, ...flags }: ClusterFlags): string {
  const words = ['nt', ...workerWords(flags, ['--idle', '60'])];
  const entrypoint = words.map((word) => shellText(word)).join(' ');
  const lines = Array.from({ length: workers }, (_, index) => {
    const hash = createHash('sha256').update(`${index} ${entrypoint}`).digest('hex');
    return JSON.stringify({
      entrypoint,
      submission_id: `nt-worker-${index}-${hash.slice(0, 12)}`,
      entrypoint_num_cpus: flags.cpus,
      entrypoint_memory: flags.memory * 2 ** 20,
      metadata: { app: 'nt-worker', worker: String(index) },
    });
  });
  return `${lines.join('\n')}\n`;
}
