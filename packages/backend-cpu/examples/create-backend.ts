import { createCpuBackend } from '@nt/backend-cpu';
import { elementwiseRule } from '@nt/tensor';

const backend = await createCpuBackend({ threads: 1 });
const { floatWidth, fusedKernels, threads } = await backend.describe();
console.log(`${threads} thread, float${floatWidth}, ${fusedKernels.length} fused kernels`);

// One pass over memory; the donated weights are updated in place.
const descend = elementwiseRule({
  name: 'descend',
  inputs: ['weights', 'gradient'],
  scalars: ['rate'],
  definitions: [],
  outputs: [['weights', ['-', 'weights', ['*', 'rate', 'gradient']]]],
});
const weights = backend.ops.tensor([1, 2, 3], [3]);
const gradient = backend.ops.tensor([10, 0, -10], [3]);
const next = backend.ops.elementwise(descend, { weights, gradient }, { rate: 0.125 }, { donate: ['weights'] });
console.log(Array.from(await next.weights.data()).join(' '));
await backend.dispose();
//> 1 thread, float32, 8 fused kernels
//> -0.25 2 4.25
