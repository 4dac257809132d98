import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend } from '@nt/tensor';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it, onTestFinished } from 'vitest';

type Ops = Backend<tf.Tensor>['ops'];

/** What a body of `calls` gives each time: the first element of its result, beside that of the function run by itself. */
async function repeated(
  body: (ops: Ops, x: tf.Tensor, call: number) => tf.Tensor,
  size = 4096,
  calls = 12,
): Promise<{
  readonly captured: number[];
  readonly eager: number[];
  readonly replays: number;
  readonly reason: string;
}> {
  const backend = await createCpuBackend();
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  const site = backend.captureSite!();
  const [captured, eager]: [number[], number[]] = [[], []];
  for (let call = 0; call < calls; call++) {
    const x = ops.tensor(new Float32Array(size).fill(call + 1), [size]);
    const [result] = site.run({ inputs: [x], key: '' }, ([input]) => [body(ops, input!, call)]);
    captured.push((await result!.data())[0]!);
    const alone = ops.tidy(() => body(ops, x, call));
    eager.push((await alone.data())[0]!);
    ops.dispose([x, alone]);
  }
  const { replays, reason = '' } = site.report();
  site.dispose();
  return { captured, eager, replays, reason };
}

it('a function of its inputs alone is repeated', async () => {
  const { captured, eager, replays, reason } = await repeated((ops, x) => ops.exp(ops.div(x, ops.tensor([9], []))));
  expect(captured).toEqual(eager);
  expect({ replays, reason }).toEqual({ replays: 8, reason: '' });
});

it.each<[string, (ops: Ops, x: tf.Tensor, call: number) => tf.Tensor, RegExp]>([
  ['a number that changes', (ops, x, call) => ops.mul(x, ops.tensor([call], [])), /not the same twice/],
  [
    'a key that changes',
    (ops, x, call) => ops.mul(x, ops.randomUniform([4096], { seed: 1, counter: call })),
    /not the same twice/,
  ],
  ['other operations', (ops, x, call) => (call % 2 ? ops.exp(x) : ops.add(ops.abs(x), ops.exp(x))), /commands/],
  ['values read back', (ops, x) => ops.mul(x, ops.tensor([ops.sum(x).dataSync()[0]!], [])), /reads values back/],
  ['a stock kernel', (ops, x) => ops.mul(x, tf.sin(x)), /Sin runs in JavaScript/],
])('%s: the function is run each time, and the reason said', async (_, body, expected) => {
  const { captured, eager, replays, reason } = await repeated(body);
  expect(captured).toEqual(eager);
  expect(replays).toBe(0);
  expect(reason).toMatch(expected);
});

it('small tensors of booleans are not repeated', async () => {
  const body = (ops: Ops, x: tf.Tensor): tf.Tensor => ops.mul(tf.cast(tf.less(x, tf.scalar(3)), 'float32'), x);
  const { captured, eager, replays, reason } = await repeated(body, 16);
  expect(captured).toEqual(eager);
  expect({ replays, reason }).toEqual({ replays: 0, reason: expect.stringMatching(/neither float32 nor int32/) });
});

it('a tensor from outside that is assigned anew is read where it then lies, a constant lives on', async () => {
  const backend = await createCpuBackend();
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  const site = backend.captureSite!();
  const before = backend.memory().tensors;
  const initial = ops.tensor(new Float32Array(4096).fill(1), [4096]);
  const variable = ops.variable(initial, { name: 'factor' });
  const constant = ops.keep(ops.tensor(new Float32Array(4096).fill(10), [4096]));
  const x = ops.tensor(new Float32Array(4096).fill(2), [4096]);
  const call = async (): Promise<number> => {
    const [y] = site.run({ inputs: [x], key: '' }, ([input]) => [ops.add(ops.mul(input!, variable), constant)]);
    return (await y!.data())[0]!;
  };
  for (let i = 0; i < 6; i++) expect(await call()).toBe(12);
  expect(site.report().replays).toBe(2);
  ops.dispose(constant);
  ops.dispose(ops.tensor(new Float32Array(4096).fill(-1), [4096]));
  expect(await call()).toBe(12);
  const other = ops.tensor(new Float32Array(4096).fill(3), [4096]);
  variable.assign(other);
  expect(site.report().replays).toBe(3);
  site.dispose();
  ops.dispose([initial, other, x]);
  variable.dispose();
  expect(backend.memory().tensors).toBe(before);
});

it('plain JavaScript kernels have no commands to record, so there is no place for it', async () => {
  const backend = await createCpuBackend({ kernels: 'js' });
  onTestFinished(() => backend.dispose());
  expect(backend.captureSite).toBeUndefined();
});

it('a tensor from outside that is another in each call is noticed, although it lies where the one before lay', async () => {
  const backend = await createCpuBackend({ threads: 1 });
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  const site = backend.captureSite!();
  const x = ops.tensor(new Float32Array(4096).fill(1), [4096]);
  for (let call = 0; call < 12; call++) {
    const fresh = ops.tensor(new Float32Array(4096).fill(call), [4096]);
    const [y] = site.run({ inputs: [x], key: '' }, ([input]) => [ops.add(input!, fresh)]);
    expect((await y!.data())[7]).toBe(1 + call);
    ops.dispose(fresh);
  }
  expect(site.report()).toMatchObject({ replays: 0, reason: expect.stringMatching(/from outside/) });
  site.dispose();
  ops.dispose(x);
});

it('a function whose tensors lie elsewhere in each call is not recorded for ever', async () => {
  const backend = await createCpuBackend({ threads: 1 });
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  const site = backend.captureSite!();
  for (let call = 0; call < 40; call++) {
    const x = ops.tensor(new Float32Array(4096).fill(call), [4096]);
    const [y] = site.run({ inputs: [], uses: [x], key: '' }, () => [ops.add(x, x)]);
    expect(y!.dataSync()[7]).toBe(2 * call);
    ops.dispose(x);
  }
  expect(site.report()).toMatchObject({ replays: 0, eager: 40, reason: expect.stringMatching(/elsewhere/) });
  site.dispose();
  expect(tf.memory().numTensors).toBe(0);
});
