import { createCpuBackend, type KernelSetName } from '@nt/backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it, onTestFinished } from 'vitest';
import { createTraining } from '../bench/network.ts';
import { loadable } from './engines.ts';

const long = process.env['NT_LONG'] === '1';
const timeout = long ? 3_600_000 : 60_000;
const compiled = loadable.filter((kernels) => kernels !== 'js');
// Without NT_LONG the fastest of each kind.
const fastest = [compiled[0]!, compiled.find((kernels) => kernels.startsWith('wasm'))!];
const sets = long ? compiled : [...new Set(fastest)];

interface Run {
  readonly losses: number[];
  /** tfjs's own count and the heap's, after the first and after the last update. */
  readonly memory: { readonly tensors: number; readonly heap: number }[];
}

async function train(kernels: KernelSetName, threads: number, updates: number, batch = 20): Promise<Run> {
  const backend = await createCpuBackend({ threads, kernels });
  onTestFinished(() => backend.dispose());
  const training = createTraining(backend, { batch, width: 512, isCaptured: false });
  const losses: number[] = [];
  const memory: Run['memory'] = [];
  for (let i = 0; i < updates; i++) {
    losses.push(await training.update());
    memory.push({
      tensors: tf.memory().numTensors,
      heap: (tf.memory() as never as { heapBytesInUse: number }).heapBytesInUse,
    });
  }
  training.dispose();
  await backend.dispose();
  return { losses, memory };
}

it.each(sets)('training gives the same bits on 1, 2 and 4 threads, and again: %s', { timeout }, async (kernels) => {
  const updates = long ? 1000 : 6;
  const [one, two, four, again] = [
    await train(kernels, 1, updates),
    await train(kernels, 2, updates),
    await train(kernels, 4, updates),
    await train(kernels, 2, updates),
  ];
  expect(one!.losses.at(-1)).toBeLessThan(one!.losses[0]!);
  expect(two!.losses).toEqual(one!.losses);
  expect(four!.losses).toEqual(one!.losses);
  expect(again!.losses).toEqual(two!.losses);
});

it.each(sets)('tensors and heap bytes stay flat while a network trains: %s', { timeout }, async (kernels) => {
  const { memory } = await train(kernels, 2, long ? 10_000 : 8, 4);
  expect(memory.at(-1)).toEqual(memory[2]);
});
