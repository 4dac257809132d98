import type { Backend } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import { findBackend, removeBackend, type Tensor } from '@tensorflow/tfjs-core';

import { type KernelCall, registerFusedEngine } from './fused-kernels.ts';

const limitations = [] as const;

/** The stock CPU engine under test, as an adapter would wrap it. */
export async function createStockCpu(): Promise<Backend<Tensor>> {
  const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu');
  const engine = findBackend('cpu');
  // Without this the engine's first write prints an advertisement for tfjs-node.
  if (engine instanceof MathBackendCPU) Object.assign(engine, { firstUse: false });
  const describe = () =>
    ({ engine: 'stock cpu', device: 'cpu', kernelSet: 'js', floatWidth: 32, limitations }) as const;
  return createTfjsBackend({ name: 'stock-cpu', tfjsName: 'cpu', describe });
}

/** The stock CPU engine under another name, with all fused kernels; removed from tfjs when disposed. */
export async function createFusedCpu(calls: KernelCall[] = []): Promise<Backend<Tensor>> {
  registerFusedEngine('fused-cpu', calls);
  const describe = () =>
    ({ engine: 'fused cpu', device: 'cpu', kernelSet: 'js', floatWidth: 32, limitations }) as const;
  const onDispose = (): void => removeBackend('fused-cpu');
  return createTfjsBackend({ name: 'fused-cpu', tfjsName: 'fused-cpu', describe, onDispose });
}

/** The stock WebAssembly engine under test; its files are found beside its module. */
export async function createStockWasm(): Promise<Backend<Tensor>> {
  const { setThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
  setThreadsCount(1);
  const describe = () =>
    ({ engine: 'stock wasm', device: 'cpu', kernelSet: 'wasm', floatWidth: 32, limitations }) as const;
  return createTfjsBackend({ name: 'stock-wasm', tfjsName: 'wasm', describe });
}
