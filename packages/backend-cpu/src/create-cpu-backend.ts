import type { Backend } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import { engine, findBackend, removeBackend, type Tensor } from '@tensorflow/tfjs-core';
import { CpuCaptureSite } from './capture/cpu-capture-site.ts';
import { describeCpuEngine } from './engine/describe-cpu-engine.ts';
import type { CpuEngineOptions } from './engine/engine-settings.ts';
import type { NtCpuBackend } from './engine/nt-cpu-backend.ts';
import { cpuEngineName, registerCpuEngine } from './engine/register-cpu-engine.ts';

/**
 * The CPU engine, active and ready.
 *
 * @param options.threads threads that compute; default `NT_THREADS`, else the available processors, at most 8
 * @param options.kernels `native` (or one by name: `native-avx512` …), `wasm-relaxed`, `wasm` or `js`; default
 *   `NT_KERNELS`, else the fastest that loads
 * @param options.maxHeapBytes most bytes of the engine's heap; default 4 GiB
 * @param options.poisonFreedMemory fills freed memory with NaN, to find errors; default false
 * @throws CpuEngineError `backend-cpu/option`, `backend-cpu/kernels-unavailable`
 * @throws TensorError `tensor/backend-active` while another tfjs backend has not been disposed
 */
export async function createCpuBackend(options: CpuEngineOptions = {}): Promise<Backend<Tensor>> {
  registerCpuEngine(options);
  const backend = await createTfjsBackend({
    name: 'cpu',
    tfjsName: cpuEngineName,
    describe: () => describeCpuEngine(findBackend(cpuEngineName) as NtCpuBackend),
    onDispose: () => {
      if (engine().backendName === cpuEngineName || findBackend(cpuEngineName)) removeBackend(cpuEngineName);
    },
  });
  const running = findBackend(cpuEngineName) as NtCpuBackend;
  const ops = { ...backend.ops, readInto: async (x: Tensor, into: Float32Array) => running.readInto(x, into) };
  const able = { ...backend, ops };
  return running.recordings.arePossible ? { ...able, captureSite: () => new CpuCaptureSite(running) } : able;
}
