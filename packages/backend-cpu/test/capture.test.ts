import { createCpuBackend, type KernelSetName } from '@nt/backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it, onTestFinished } from 'vitest';
import { type CapturedTrainingOptions, capturedTraining, type Trace } from './capture/captured-training.ts';
import { loadable } from './engines.ts';

const long = process.env['NT_LONG'] === '1';
const compiled = loadable.filter((kernels) => kernels !== 'js');
const updates = long ? 1000 : 40;
const timeout = long ? 3_600_000 : 60_000;

type Rest = Omit<CapturedTrainingOptions<tf.Tensor>, 'backend'>;

const heapBytes = (): number => (tf.memory() as never as { heapBytesInUse: number }).heapBytesInUse;

async function trained(
  kernels: KernelSetName,
  threads: number,
  options: Rest,
  poisonFreedMemory = false,
): Promise<Trace & { readonly left: { tensors: number; bytes: number } }> {
  const backend = await createCpuBackend({ kernels, threads, poisonFreedMemory });
  onTestFinished(() => backend.dispose());
  // On WebAssembly the code of a rule is kept in the heap from its first use on.
  await capturedTraining({ backend, captured: false, updates: 1 });
  const before = { tensors: tf.memory().numTensors, bytes: heapBytes() };
  const trace = await capturedTraining({ backend, ...options });
  const left = { tensors: tf.memory().numTensors - before.tensors, bytes: heapBytes() - before.bytes };
  await backend.dispose();
  return { ...trace, left };
}

const threadCounts = long ? [1, 2, 3, 4] : [1, 2];

it.each(compiled.flatMap((kernels) => threadCounts.map((threads) => [kernels, threads] as const)))(
  'captured updates have the bits of eager ones: %s, %i threads',
  { timeout },
  async (kernels, threads) => {
    const eager = await trained(kernels, threads, { captured: false, updates });
    const captured = await trained(kernels, threads, { captured: true, updates });
    expect(captured.losses).toEqual(eager.losses);
    expect(captured.weights).toEqual(eager.weights);
    expect(captured.reports.map(({ replays, reason }) => ({ replays, reason }))).toEqual([
      { replays: updates - 4, reason: undefined },
      { replays: updates - 5, reason: undefined },
    ]);
  },
);

it('the same with memory that nobody holds filled with NaN', { timeout }, async () => {
  const eager = await trained(compiled[0]!, 2, { captured: false, updates: 20 });
  const poisoned = await trained(compiled[0]!, 2, { captured: true, updates: 20 }, true);
  expect(poisoned.losses).toEqual(eager.losses);
  expect(poisoned.weights).toEqual(eager.weights);
});

it('batches of several sizes have recordings of their own, and the same bits', { timeout }, async () => {
  const batchOf = (update: number): number => (update % 5 === 4 ? 20 : 32);
  const eager = await trained(compiled[0]!, 2, { captured: false, updates: 60, batchOf });
  const captured = await trained(compiled[0]!, 2, { captured: true, updates: 60, batchOf });
  expect(captured.losses).toEqual(eager.losses);
  expect(captured.weights).toEqual(eager.weights);
  expect(captured.reports[0]).toMatchObject({ recordings: 2, reason: undefined });
});

it('tensors and heap bytes stay flat, and all comes back at the end', { timeout }, async () => {
  const many = long ? 10_000 : 300;
  const { memory, left } = await trained(compiled[0]!, 2, { captured: true, updates: many });
  expect(memory.at(-1)).toEqual(memory[12]);
  expect(left).toEqual({ tensors: 0, bytes: 0 });
});

it('batches of two sizes in turns: updates behind both are repeated', { timeout }, async () => {
  const batchOf = (update: number): number => (update % 2 ? 20 : 32);
  const eager = await trained(compiled[0]!, 2, { captured: false, updates: 60, batchOf });
  const captured = await trained(compiled[0]!, 2, { captured: true, updates: 60, batchOf });
  expect(captured.losses).toEqual(eager.losses);
  expect(captured.weights).toEqual(eager.weights);
  expect(captured.reports).toMatchObject([{ replays: 52 }, { replays: 50, recordings: 2 }]);
});
