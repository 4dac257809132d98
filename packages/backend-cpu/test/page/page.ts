import '@nt/backend-cpu/register';
import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend, BackendDescription } from '@nt/tensor';
import { type ConformanceReport, runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend } from '@nt/tensor/reference';
import * as tf from '@tensorflow/tfjs-core';
import { createTraining } from '../../bench/network.ts';

/** What the engine did in a browser. */
export interface PageResult {
  readonly description: BackendDescription;
  readonly failures: ConformanceReport['failures'];
  readonly losses: readonly number[];
  readonly convolved: readonly number[];
}

/** Checks the engine where it runs, in a page or in a worker of one, and unless `brief` trains a little. */
export async function check(threads: number, brief = false): Promise<PageResult> {
  const convolved = await convolve();
  const backend = await createCpuBackend({ threads });
  const report = await runConformance(backend, createReferenceBackend());
  const losses = brief ? [] : await train(backend);
  const description = await backend.describe();
  await backend.dispose();
  return { description, failures: report.failures, losses, convolved };
}

/** The losses of some updates of the benchmark's network. */
export async function train(backend: Backend<tf.Tensor>): Promise<number[]> {
  const training = createTraining(backend, { batch: 8, width: 512, isCaptured: false });
  const losses: number[] = [];
  for (let i = 0; i < 5; i++) losses.push(await training.update());
  training.dispose();
  return losses;
}

/** A plain tfjs program: a convolution on the engine that an import has registered. */
export async function convolve(): Promise<number[]> {
  await tf.setBackend('nt-cpu');
  const wave = (shape: [number, number, number, number]): tf.Tensor4D =>
    tf.tidy(() => tf.reshape(tf.sin(tf.range(0, tf.util.sizeFromShape(shape))), shape));
  const [image, filter] = [wave([2, 16, 16, 3]), wave([3, 3, 3, 8])];
  const out = tf.conv2d(image, filter, 1, 'same');
  const values = Array.from(await out.data());
  tf.dispose([image, filter, out]);
  return values;
}

Object.assign(globalThis, { check });
