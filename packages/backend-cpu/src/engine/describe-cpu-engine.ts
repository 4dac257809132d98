import type { BackendDescription } from '@nt/tensor';
import { version_cpu } from '@tensorflow/tfjs-backend-cpu';
import { builtinModule } from '../pool/spawn-worker.ts';
import type { NtCpuBackend } from './nt-cpu-backend.ts';

/** What the engine says of itself. */
export function describeCpuEngine({
  kernels,
  runner,
  heap,
  withoutNative,
}: NtCpuBackend): Omit<BackendDescription, 'name' | 'fusedKernels'> {
  return {
    engine: `@nt/backend-cpu over @tensorflow/tfjs-backend-cpu ${version_cpu}`,
    device: processorName(),
    threads: runner.threads,
    kernelSet: kernels.name,
    floatWidth: 32,
    limitations: [
      ...(withoutNative === undefined ? [] : [`No native kernels: ${withoutNative}.`]),
      ...(kernels.name === 'js'
        ? ['Plain JavaScript on one thread: WASM SIMD did not load or was not asked for.']
        : []),
      ...(heap.memory.shared || kernels.name === 'js' || runner.threads > 1
        ? []
        : ['One thread: one was asked for, or memory cannot be shared here.']),
    ],
  };
}

function processorName(): string {
  const system = builtinModule<{ cpus(): { model: string }[]; arch(): string }>('node:os');
  return system?.cpus()[0]?.model.trim() || system?.arch() || 'cpu';
}
