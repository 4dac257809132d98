import type { CpuEngineOptions } from '@nt/backend-cpu';
import { registerCpuEngine } from '@nt/backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { whyUnavailable } from '../src/engine/engine-parts.ts';
import { type KernelSetName, kernelSetNames } from '../src/kernels/kernels.ts';

/** The kernel sets that this runtime loads: native ones need a built binary, relaxed SIMD needs Node 22. */
export const loadable: readonly KernelSetName[] = kernelSetNames.filter((name) => whyUnavailable(name) === undefined);

/** Registers the engine with these options and makes it the active one. */
export async function useEngine(options: CpuEngineOptions): Promise<void> {
  registerCpuEngine(options);
  await tf.setBackend('nt-cpu');
}
