import { createCpuBackend } from '@nt/backend-cpu';
import { uniformValues } from '@nt/tensor';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it, onTestFinished } from 'vitest';

const heapBytes = (): number => (tf.memory() as never as { heapBytesInUse: number }).heapBytesInUse;

it.each([2, 3, 4, 5])('hundreds of shapes, each seen %i times, hold no more memory than some', async (times) => {
  const backend = await createCpuBackend();
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  const before = heapBytes();
  const site = backend.captureSite!();
  const rowBytes = 4096 * 4;
  for (let rows = 300; rows > 0; rows--) {
    const size = 4096 + 4 * rows;
    for (let call = 0; call < times; call++) {
      const x = ops.tensor(new Float32Array(size).fill(rows), [size]);
      const [y] = site.run({ inputs: [x], key: '' }, ([input]) => [ops.add(ops.abs(input!), input!)]);
      expect((await y!.data())[0]).toBe(2 * rows);
      ops.dispose(x);
    }
  }
  // Four recordings of input, result and one between.
  expect(heapBytes() - before).toBeLessThan(4 * 3 * rowBytes * 1.25);
  expect(tf.memory().numTensors).toBeLessThanOrEqual(4 * 2 + 1);
  site.dispose();
  expect([tf.memory().numTensors, heapBytes()]).toEqual([0, before]);
});

it.each([
  ['gives its result', false],
  ['throws', true],
])('a recording that will not be confirmed is freed before its function runs, which %s', async (_, throws) => {
  const backend = await createCpuBackend();
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  const site = backend.captureSite!();
  const x = ops.tensor(new Float32Array(4096), [4096]);
  const others = Array.from({ length: 14 }, (_unused, i) => ops.tensor(new Float32Array(4096).fill(i), [4096]));
  let inside = 0;
  const call = (used: tf.Tensor, fails = false): void => {
    const uses = [used];
    site.run({ inputs: [x], key: '', uses }, ([input]) => {
      inside = heapBytes();
      if (fails) throw new Error('in between');
      return [ops.add(ops.abs(input!), used)];
    });
  };
  // Two calls without, twelve recordings in vain: then it is given up.
  for (const one of others) call(one);
  const before = heapBytes();
  const again = (): void => call(others.at(-1)!, throws);
  if (throws) expect(again).toThrow('in between');
  else again();
  expect(site.report().reason).toMatch(/lie elsewhere in each call/);
  expect(inside).toBeLessThan(before - 4096 * 4);
  site.dispose();
});

it('values are read into memory that the caller has, wherever they lie', async () => {
  const backend = await createCpuBackend();
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  const written = ops.tensor([1, 2, 3], [3]);
  const computed = ops.add(written, written);
  const memory = new Float32Array(8).fill(9);
  await ops.readInto!(ops.tensor([7, 8], [2]), memory.subarray(0, 2));
  await ops.readInto!(computed, memory.subarray(2, 5));
  expect([...memory]).toEqual([7, 8, 2, 4, 6, 9, 9, 9]);
});

it.each([0, 1, 2, 5])(
  'weights assigned before call %i are not memory of the recording that first needs them',
  async (when) => {
    const backend = await createCpuBackend({ threads: 1 });
    onTestFinished(() => backend.dispose());
    const { ops } = backend;
    const before = tf.memory().numTensors;
    const site = backend.captureSite!();
    // A caller's array, which lies outside of the heap until somebody needs it there.
    const drawn = (counter: number): tf.Tensor => ops.borrow(uniformValues(40_000, { seed: 5, counter }), [200, 200]);
    const initial = [drawn(0), drawn(1)] as const;
    const weights = ops.variable(initial[0], { name: 'weights' });
    const body = (x: tf.Tensor): tf.Tensor => ops.dense(x, weights as never, ops.zeros([200]), 'tanh');
    for (let call = 0; call < 12; call++) {
      if (call === when) weights.assign(initial[1]);
      const x = ops.randomUniform([60, 200], { seed: 6, counter: call });
      const [y] = site.run({ inputs: [x], key: '' }, ([input]) => [body(input!)]);
      const alone = ops.tidy(() => body(x));
      expect(y!.dataSync()).toEqual(alone.dataSync());
      ops.dispose([x, alone]);
    }
    expect(site.report().reason).toBeUndefined();
    expect(site.report().replays).toBeGreaterThan(4);
    site.dispose();
    ops.dispose([...initial, weights as never]);
    expect(tf.memory().numTensors).toBe(before);
  },
);
