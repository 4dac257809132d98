import { createCpuBackend } from '@nt/backend-cpu';
import { runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend } from '@nt/tensor/reference';
import * as tf from '@tensorflow/tfjs-core';

/** The conformance cases, and kernels that reach into what tfjs passes on. */
async function main(): Promise<void> {
  const backend = await createCpuBackend({ threads: 2 });
  const { failures } = await runConformance(backend, createReferenceBackend());
  const x = tf.tensor2d([1, -2, 3, 4], [2, 2]);
  const [first] = tf.split(tf.reverse(x, 1), 2, 1);
  const sums = [...first!.dataSync(), ...tf.sum(tf.where(tf.greater(x, 0), x, tf.zerosLike(x))).dataSync()].slice(0, 3);
  await backend.dispose();
  console.log(`\n${JSON.stringify({ tfjs: tf.version_core, failures, sums: [sums[0]! + sums[1]!, sums[2]] })}`);
}

void main();
