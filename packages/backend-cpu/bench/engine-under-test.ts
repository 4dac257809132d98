import { type CpuEngineOptions, createCpuBackend } from '@nt/backend-cpu';
import type { Backend } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import type { Tensor } from '@tensorflow/tfjs-core';

/** `nt-cpu:<kernel set>`, `nt-cpu` for the set that it chooses itself, or a stock engine of tfjs: `cpu`, `wasm`. */
export async function createEngine(engine: string, threads: number): Promise<Backend<Tensor>> {
  const [name, kernels] = engine.split(':') as [string, CpuEngineOptions['kernels']];
  if (name === 'nt-cpu') return createCpuBackend({ threads, ...(kernels && { kernels }) });
  if (name === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  else await import('@tensorflow/tfjs-backend-cpu');
  const describe = () => ({ engine, device: 'cpu', kernelSet: engine, floatWidth: 32, limitations: [] }) as const;
  return createTfjsBackend({ name, tfjsName: name, describe });
}
