import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend } from '@nt/tensor';
import { memory, type Tensor } from '@tensorflow/tfjs-core';
import { smallNetwork, trainNhits } from '../../bench/train-nhits.ts';
import { createWebgpuBackend } from '../../src/index.ts';

/** The first run repeats recordings, the second one does not: their bits are the same. */
const [updates, repeated] = process.argv.slice(2).map(Number) as [number, number];
const run = { network: smallNetwork, batch: 16, logEvery: 10 } as const;

const cpuBackend = await createCpuBackend();
const cpu = await trainNhits(cpuBackend, { ...run, updates: 200 });
await cpuBackend.dispose();

const held: object[] = [];
const backend: Backend<Tensor> = await createWebgpuBackend({ allowSoftware: true });
let update = 0;
const webgpu = await trainNhits(backend, { ...run, updates }, { capture: 'auto' }, () => {
  update++;
  if (update === 50 || update === updates) held.push(memory());
});
const again = await trainNhits(backend, { ...run, updates: repeated });
await backend.dispose();

const differences = cpu.map((loss, i) => Math.abs(webgpu[i]! / loss - 1));
console.log(
  JSON.stringify({
    /** Means of ten losses each, of 200 updates. */
    compared: cpu.length,
    difference: Math.max(...differences),
    learned: webgpu[19]! / webgpu[0]!,
    first: webgpu.slice(0, again.length),
    again,
    held,
  }),
);
