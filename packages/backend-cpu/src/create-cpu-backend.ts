import type { Backend, NetworkOps } from '@nt/tensor';
import { createTfjsBackend, RecordedSite } from '@nt/tensor/tfjs';
import { engine, findBackend, removeBackend, type Tensor } from '@tensorflow/tfjs-core';
import { cpuCaptureEngine } from './capture/cpu-capture-engine.ts';
import { describeCpuEngine } from './engine/describe-cpu-engine.ts';
import { type CpuBackendOptions, type CpuPrecision, precisionOf } from './engine/engine-settings.ts';
import type { NtCpuBackend } from './engine/nt-cpu-backend.ts';
import { cpuEngineName, registerCpuEngine } from './engine/register-cpu-engine.ts';

/** The CPU engine; `precision` is what its updates compute in. */
export type CpuBackend = Backend<Tensor> & { readonly precision: CpuPrecision };

/**
 * The CPU engine, active and ready.
 *
 * @param options.threads threads that compute; default `NT_THREADS`, else the available processors, at most 8
 * @param options.kernels `native` (or one by name: `native-avx512` …), `wasm-relaxed`, `wasm` or `js`; default
 *   `NT_KERNELS`, else the fastest that loads
 * @param options.maxHeapBytes most bytes of the engine's heap; default 4 GiB
 * @param options.startThread who starts the threads, of a worker of a page: see `@nt/backend-cpu/threads`
 * @param options.poisonFreedMemory fills freed memory with NaN, to find errors; default false
 * @param options.precision `mixed-bfloat16` rounds the operands of an update's products; default `float32`
 * @throws CpuEngineError `backend-cpu/option`, `backend-cpu/kernels-unavailable`
 * @throws TensorError `tensor/backend-active` while another tfjs backend has not been disposed
 */
export async function createCpuBackend(options: CpuBackendOptions = {}): Promise<CpuBackend> {
  const precision = precisionOf(options);
  const { precision: _, ...engineOptions } = options;
  registerCpuEngine(engineOptions);
  const backend = await createTfjsBackend({
    name: 'cpu',
    tfjsName: cpuEngineName,
    describe: () => describeCpuEngine(findBackend(cpuEngineName) as NtCpuBackend, precision),
    onDispose: () => {
      if (engine().backendName === cpuEngineName || findBackend(cpuEngineName)) removeBackend(cpuEngineName);
    },
  });
  const running = findBackend(cpuEngineName) as NtCpuBackend;
  const { variableGrads } = backend.ops;
  const ops: NetworkOps<Tensor> = {
    ...backend.ops,
    readInto: async (x, into) => running.readInto(x, into),
    // All that an update computes but the optimizer: what is rounded is part of each command, recorded or not.
    ...(precision !== 'float32' && { variableGrads: (f, of) => running.rounding.within(() => variableGrads(f, of)) }),
  };
  const able = { ...backend, ops, precision };
  if (!running.recordings.arePossible) return able;
  const engineOfSites = cpuCaptureEngine(running);
  return { ...able, captureSite: () => new RecordedSite(engineOfSites) };
}
