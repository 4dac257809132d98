import { backend as active } from '@tensorflow/tfjs-core';
import { smallNetwork, trainNhits } from '../../bench/train-nhits.ts';
import { createWebgpuBackend } from '../../src/index.ts';

const run = { network: smallNetwork, batch: 4, updates: 6, logEvery: 1 } as const;
const backend = await createWebgpuBackend({ allowSoftware: true });
const held = await trainNhits(backend, run);
// As on a device that can bind no buffer of that size.
Object.defineProperty((active() as unknown as { heap: object }).heap, 'allocate', { value: () => undefined });
const without = await trainNhits(backend, run);
await backend.settle();
await backend.dispose();
console.log(JSON.stringify({ held, without }));
