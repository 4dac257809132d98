// One engine in a process of its own: prints `ready`, then answers each line (milliseconds to run) with the times of
// its updates as JSON. Arguments: engine, threads, batch.
import { createInterface } from 'node:readline';
import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createTraining } from './network.ts';

async function createBackend(engine: string, threads: number): Promise<Backend<Tensor>> {
  if (engine === 'nt-cpu') return createCpuBackend({ threads });
  if (engine === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  else await import('@tensorflow/tfjs-backend-cpu');
  const describe = () => ({ engine, device: 'cpu', kernelSet: engine, floatWidth: 32, limitations: [] }) as const;
  return createTfjsBackend({ name: engine, tfjsName: engine, describe });
}

const [engine, threads, batch] = process.argv.slice(2) as [string, string, string];
const backend = await createBackend(engine, Number(threads));
const training = createTraining(backend.ops, Number(batch));
await training.update();
createInterface({ input: process.stdin }).on('line', (line) => {
  const until = performance.now() + Number(line);
  const times: { milliseconds: number; cpu: number }[] = [];
  do {
    const [before, start] = [process.cpuUsage(), performance.now()];
    training.updateOnly();
    const milliseconds = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    times.push({ milliseconds, cpu: (user + system) / 1000 });
  } while (performance.now() < until);
  process.stdout.write(`${JSON.stringify(times)}\n`);
});
process.stdout.write(`ready ${(await backend.describe()).kernelSet}\n`);
