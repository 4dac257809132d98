import * as tf from '@tensorflow/tfjs-core';
import { expect, it, onTestFinished } from 'vitest';
import { createCpuBackend } from '../create-cpu-backend.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';

const size = 4096;

it('what recordings hold is bounded over all sites, and results stay valid until the next call of their site', async () => {
  const backend = await createCpuBackend({ threads: 1 });
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  const { kept } = (tf.findBackend('nt-cpu') as NtCpuBackend).recordings;
  const heapBytes = (): number => (tf.memory() as never as { heapBytesInUse: number }).heapBytesInUse;
  const before = heapBytes();
  const sites = Array.from({ length: 20 }, () => backend.captureSite!());
  const round = (): tf.Tensor[] =>
    sites.map((site, i) => {
      const x = ops.tensor(new Float32Array(size).fill(i), [size]);
      const [y] = site.run({ inputs: [x], key: '' }, ([input]) => [ops.exp(ops.abs(input!))]);
      ops.dispose(x);
      return y!;
    });
  for (let call = 0; call < 5; call++) round();
  const results = round();
  const values = results.map((result) => [...result.dataSync()]);
  const all = heapBytes() - before;
  kept.makeRoom(0);
  // Eight of twenty keep what they have; of the others only the results are left, a third of it.
  expect(heapBytes() - before).toBeLessThan(0.65 * all);
  expect(sites.map((site) => site.report().recordings)).toEqual(sites.map((_, i) => (i < 12 ? 0 : 1)));
  tf.dispose(tf.zeros([size]));
  expect(results.map((result) => [...result.dataSync()])).toEqual(values);
  for (let call = 0; call < 6; call++)
    expect(round().map((result) => result.dataSync()[0])).toEqual(values.map(([first]) => first));
  expect(sites.map((site) => site.report().recordings)).toEqual(sites.map(() => 1));
  for (const site of sites) site.dispose();
  expect([tf.memory().numTensors, heapBytes()]).toEqual([0, before]);
});
