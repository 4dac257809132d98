import { createCpuBackend } from '@nt/backend-cpu';
import { createNodeGpuBackend } from '@nt/backend-node-gpu';
import { firstAvailable } from '@nt/tensor';

// The NVIDIA GPU if there is one, else the CPU; and the reason is told, not swallowed.
const { backend, unavailable } = await firstAvailable([createNodeGpuBackend, createCpuBackend]);
for (const { message } of unavailable) console.error(message);

const { ops } = backend;
const x = ops.tensor([1, 2, 3, 4], [2, 2]);
const y = ops.matMul(x, x);
console.log(Array.from(await y.data()));
//> [ 7, 10, 15, 22 ]

ops.dispose([x, y]);
await backend.dispose();
