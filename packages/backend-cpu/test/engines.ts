import type { CpuEngineOptions } from '@nt/backend-cpu';
import { registerCpuEngine } from '@nt/backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { type KernelSetName, kernelSetNames } from '../src/kernels/kernels.ts';
import { compileWasm } from '../src/kernels/wasm/wasm-module.ts';

/** The kernel sets that this runtime loads: relaxed SIMD needs Node 22. */
export const loadable: readonly KernelSetName[] = kernelSetNames.filter(
  (name) => name === 'js' || compileWasm(name, false) !== undefined,
);

/** Registers the engine with these options and makes it the active one. */
export async function useEngine(options: CpuEngineOptions): Promise<void> {
  registerCpuEngine(options);
  await tf.setBackend('nt-cpu');
}
