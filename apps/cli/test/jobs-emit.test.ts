import { Ajv } from 'ajv';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { expect, it } from 'vitest';
import { ntInside } from './run-inside.ts';

const queue = ['--queue', 'redis://:secret-word@queue:6379'];
const claim = ['--image', 'example/nt', '--claim', 'shared'];

/** Neither Kubernetes nor Ray is run here: what is written is held to what they publish of their interfaces. */
async function emitted(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await ntInside('jobs', 'emit', ...words);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).not.toContain('secret-word');
  return stdout;
}

it('emit k8s: an Indexed Job as the schema of Kubernetes has it', async () => {
  const text = await emitted('k8s', ...queue, ...claim, '--workers', '3', '--memory', '512', '--mount', '/shared');
  const job = JSON.parse(text);
  expect(() => new Job(job).validate()).not.toThrow();
  expect(() => new Job({ ...job, spec: { ...job.spec, completionMode: 'Other' } }).validate()).toThrow();
  const { completionMode, completions, parallelism, backoffLimitPerIndex, podFailurePolicy, template } = job.spec;
  expect([completionMode, completions, parallelism, backoffLimitPerIndex]).toEqual(['Indexed', 3, 3, 5]);
  const { restartPolicy, containers, volumes } = template.spec;
  const [{ name, command, resources, volumeMounts, env }] = containers;
  // Kubernetes refuses a failure policy otherwise.
  expect(restartPolicy).toBe('Never');
  expect(podFailurePolicy.rules[0]).toEqual({
    action: 'FailIndex',
    onExitCodes: { containerName: name, operator: 'In', values: [2, 42] },
  });
  expect(command.join(' ')).toBe('nt worker --queue redis://queue:6379 --jobs 1 --threads 2 --idle 60');
  expect(resources.limits).toEqual({ cpu: '2', memory: '512Mi' });
  expect(volumeMounts).toEqual([{ name: volumes[0].name, mountPath: '/shared' }]);
  expect(env[0].valueFrom.secretKeyRef.name).toBe('nt-queue');
});

it('emit k8s --once: a pod for each job', async () => {
  const { spec } = JSON.parse(await emitted('k8s', ...queue, '--image', 'x', '--once', '12', '--cpus', '4'));
  expect([spec.completions, spec.parallelism, spec.maxFailedIndexes]).toEqual([12, 4, 12]);
  const [{ command, volumeMounts }] = spec.template.spec.containers;
  expect(command.slice(-3)).toEqual(['--threads', '4', '--once']);
  expect(volumeMounts).toBeUndefined();
});

/** JobSubmitRequest of version 4.0.0 of Ray's Jobs API. */
const ray = {
  type: 'object',
  required: ['entrypoint'],
  additionalProperties: false,
  properties: {
    entrypoint: { type: 'string' },
    submission_id: { type: 'string' },
    runtime_env: { type: 'object' },
    metadata: { type: 'object', additionalProperties: { type: 'string' } },
    entrypoint_num_cpus: { type: 'number' },
    entrypoint_num_gpus: { type: 'number' },
    entrypoint_memory: { type: 'integer' },
    entrypoint_resources: { type: 'object', additionalProperties: { type: 'number' } },
  },
};

it('emit ray: submissions as its Jobs API takes them, each of its own', async () => {
  const lines = (await emitted('ray', ...queue, '--workers', '2', '--jobs', '3')).trim().split('\n');
  const requests = lines.map((line) => JSON.parse(line));
  const validate = new Ajv().compile(ray);
  for (const request of requests) expect([validate(request), validate.errors]).toEqual([true, null]);
  expect(new Set(requests.map((request) => request.submission_id)).size).toBe(2);
  expect(requests[0].entrypoint).toBe('nt worker --queue redis://queue:6379 --jobs 3 --threads 2 --idle 60');
  expect(requests[0].entrypoint_memory).toBe(2048 * 2 ** 20);
  expect(await emitted('ray', ...queue, '--workers', '2', '--jobs', '3')).toBe(`${lines.join('\n')}\n`);
});

it.each<[words: string[], message: RegExp]>([
  [['emit', 'slurm'], /expected status, emit k8s, emit ray; got 'emit slurm'/],
  [['emit'], /got 'emit'/],
  [['list'], /got 'list'/],
  [['emit', 'k8s'], /give --image NAME/],
  [['emit', 'ray', '--image', 'x'], /--image: nt jobs emit ray has no use for it/],
  [['status', '--workers', '3'], /--workers: nt jobs status has no use for it/],
  [['emit', 'k8s', '--json'], /--json: nt jobs emit k8s has no use/],
])('nt jobs %j is refused', async (words, message) => {
  const { code, stderr } = await ntInside('jobs', ...words, '--queue', 'q');
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});
