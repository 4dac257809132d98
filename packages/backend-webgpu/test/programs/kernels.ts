import { createWebgpuBackend } from '../../src/index.ts';
import { compareKernels } from '../compare-kernels.ts';
import { kernelTolerance } from '../tolerances.ts';

const backend = await createWebgpuBackend({ allowSoftware: true });
const differences = await compareKernels(backend.ops, kernelTolerance);
await backend.settle();
await backend.dispose();
console.log(JSON.stringify(differences));
