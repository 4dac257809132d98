import { getKernel, getKernelsForBackend, type KernelConfig, registerKernel } from '@tensorflow/tfjs-core';
import type { Kernel, KernelCall, KernelOverride } from './engine/kernel-call.ts';
import type { NtWebgpuBackend } from './engine/nt-webgpu-backend.ts';
import { fusedKernels } from './kernels/fused-kernels.ts';
import { stockOverrides } from './kernels/stock-overrides.ts';

/** Registers under `engineName` the fused kernels, tfjs's own, and ours in place of some of those. */
export function registerKernels(engineName: string): void {
  for (const [kernelName, kernel] of Object.entries(fusedKernels)) {
    register(engineName, { kernelName, backendName: engineName, kernelFunc: calling(kernel) });
  }
  for (const stock of getKernelsForBackend('webgpu')) {
    const override = stockOverrides[stock.kernelName];
    register(engineName, override ? { ...stock, kernelFunc: overriding(override, stock) } : stock);
  }
}

/** Kernels stay when an engine is disposed, and tfjs warns of one that is registered again. */
function register(engineName: string, kernel: KernelConfig): void {
  if (getKernel(kernel.kernelName, engineName)) return;
  registerKernel({ ...kernel, kernelFunc: heard(kernel.kernelFunc), backendName: engineName });
}

type KernelFunc = KernelConfig['kernelFunc'];

/** The same kernel; who records is told which tensors it is given. */
const heard =
  (kernelFunc: KernelFunc): KernelFunc =>
  (parameters) => {
    (parameters.backend as NtWebgpuBackend).recordings.recorder?.kernel(parameters.inputs);
    return kernelFunc(parameters);
  };

const callOf = ({ inputs, backend, attrs }: Parameters<KernelFunc>[0]): KernelCall =>
  ({ inputs, backend, attributes: attrs ?? {} }) as unknown as KernelCall;

const calling =
  (kernel: Kernel): KernelFunc =>
  (parameters) =>
    kernel(callOf(parameters));

const overriding =
  (override: KernelOverride, { kernelFunc }: KernelConfig): KernelFunc =>
  (parameters) => {
    const stock = (): ReturnType<KernelFunc> => kernelFunc(parameters);
    return override({ ...callOf(parameters), stock }) ?? stock();
  };
