import { createCpuBackend } from '@nt/backend-cpu';

/** What the engine says of itself, and a product that threads share. */
async function main(): Promise<void> {
  const backend = await createCpuBackend({ threads: 2 });
  const { kernelSet, threads, limitations } = await backend.describe();
  const { ops } = backend;
  const x = ops.tensor(new Float32Array(512 * 512).fill(0.5), [512, 512]);
  const [sum] = await ops.sum(ops.matMul(x, x)).data();
  await backend.dispose();
  console.log(JSON.stringify({ kernelSet, threads, limitations, sum }));
}

void main();
