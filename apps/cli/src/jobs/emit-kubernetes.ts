import { UsageError } from '../usage-error.ts';
import type { ClusterFlags } from './cluster-flags.ts';
import { workerWords } from './worker-words.ts';

/** The name of everything that is made. */
const name = 'nt-worker';

/**
 * An Indexed Job whose pods are workers, as JSON, which kubectl takes as well as YAML.
 *
 * @throws UsageError without an image
 */
export function emitKubernetes({ image, claim, mount, once, workers, ...flags }: ClusterFlags): string {
  if (image === undefined) throw new UsageError('nt jobs emit k8s: give --image NAME, an image with nt in it.');
  const words = workerWords(flags, once === undefined ? ['--idle', '60'] : ['--once']);
  const resources = { cpu: String(flags.cpus), memory: `${flags.memory}Mi` };
  const password = { secretKeyRef: { name: 'nt-queue', key: 'password', optional: true } };
  const container = {
    ...{ name, image, command: ['nt', ...words] },
    env: [{ name: 'NT_QUEUE_PASSWORD', valueFrom: password }],
    resources: { requests: resources, limits: resources },
    ...(claim !== undefined && { volumeMounts: [{ name: 'data', mountPath: mount }] }),
  };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: { app: name } },
    spec: {
      completionMode: 'Indexed',
      completions: once ?? workers,
      parallelism: Math.min(workers, once ?? workers),
      backoffLimitPerIndex: 5,
      maxFailedIndexes: once ?? workers,
      ttlSecondsAfterFinished: 86_400,
      podFailurePolicy: {
        rules: [
          // The job or the call of the worker is wrong: it would fail again.
          { action: 'FailIndex', onExitCodes: { containerName: name, operator: 'In', values: [2, 42] } },
          // Moved to another node: no failure of it.
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        ],
      },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 30,
          containers: [container],
          ...(claim !== undefined && { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: claim } }] }),
        },
      },
    },
  };
  return `${JSON.stringify(job, undefined, 2)}\n`;
}
