import {
  findBackendFactory,
  getKernelsForBackend,
  type KernelFunc,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  registerBackend,
  registerKernel,
  removeBackend,
} from '@tensorflow/tfjs-core';
import { recordSmallWork } from '../capture/record-small-work.ts';
import { fusedKernels } from '../ops/fused-kernels.ts';
import { hotKernels } from '../ops/hot-kernels.ts';
import { matMulKernels } from '../ops/mat-mul-kernels.ts';
import { requireKernels } from './engine-parts.ts';
import { type CpuEngineOptions, engineSettings } from './engine-settings.ts';
import type { KernelCall, KernelOverride } from './kernel-call.ts';
import { NtCpuBackend } from './nt-cpu-backend.ts';
import { type IsSmall, isQuick, smallWorkRule } from './small-work.ts';

/** The name under which the engine is registered with tfjs. */
export const cpuEngineName = 'nt-cpu';

/** Above the stock CPU engine (1) and WASM (2), below the GPU engines (3): what tfjs prefers when nobody chooses. */
const priority = 2.5;

/**
 * Registers the engine with tfjs under the name `nt-cpu`; it is created when tfjs first uses it. Registering again
 * replaces the engine (its tensors become invalid).
 *
 * @throws CpuEngineError `backend-cpu/option`; `backend-cpu/kernels-unavailable` when the set asked for does not load
 */
export function registerCpuEngine(options: CpuEngineOptions = {}): void {
  const settings = engineSettings(options);
  if (settings.kernels) requireKernels(settings.kernels);
  registerKernels();
  if (findBackendFactory(cpuEngineName)) removeBackend(cpuEngineName);
  registerBackend(cpuEngineName, () => new NtCpuBackend(settings), priority);
}

/** FFT kernels write into arrays that they have handed over already, so these must stay where they are. */
const leaveOutsideHeap = ['FFT', 'IFFT'];

/** Every kernel of the stock CPU engine under our name, ours in front of it where there is one. */
function registerKernels(): void {
  if (getKernelsForBackend(cpuEngineName).length > 0) return;
  for (const stock of getKernelsForBackend('cpu')) {
    const ours = hotKernels[stock.kernelName];
    const inherited = reported(
      stock.kernelName,
      leaveOutsideHeap.includes(stock.kernelName) ? outsideHeap(stock.kernelFunc) : stock.kernelFunc,
    );
    const kernelFunc = ours ? choose(ours, inherited, stock.kernelFunc, smallWorkRule(stock.kernelName)) : inherited;
    registerKernel({ ...stock, backendName: cpuEngineName, kernelFunc });
  }
  for (const [kernelName, kernel] of Object.entries(fusedKernels)) {
    registerKernel({ kernelName, backendName: cpuEngineName, kernelFunc: (call) => run(kernel, call) });
  }
}

/** Ours, but for what it does not cover and for work that is done before a command would be written. */
function choose(
  ours: KernelOverride,
  inherited: KernelFunc,
  stock: KernelFunc,
  isSmall: IsSmall | undefined,
): KernelFunc {
  const small = smallWork(inherited, stock);
  const isProduct = ours === matMulKernels['BatchMatMul'] || ours === matMulKernels['_FusedMatMul'];
  return (call) => {
    const backend = call.backend as NtCpuBackend;
    const quick = backend.areQuick(call.inputs);
    // Work of microseconds: what is not called costs nothing. The stock engine does not round.
    if (quick && isSmall?.(call.inputs) && !(backend.isNarrow && isProduct))
      return backend.recordings.recorder ? small(call) : stock(call);
    const result = run(ours, call);
    if (!result) return inherited(call);
    const results = Array.isArray(result) ? result : [result];
    if (quick && isQuick(call.inputs, results)) backend.markQuick(results);
    return result;
  };
}

type Parameters = { inputs: NamedTensorInfoMap; backend: object; attrs?: NamedAttrMap };

function run<Result>(kernel: (call: KernelCall) => Result, { inputs, backend, attrs }: Parameters): Result {
  const engine = backend as NtCpuBackend;
  engine.recordings.recorder?.kernel(inputs);
  const call = { backend: engine, inputs: inputs as KernelCall['inputs'], attributes: attrs ?? {} };
  return engine.runKernel(() => kernel(call));
}

/** Tells a recorder that JavaScript computes here. */
function reported(kernelName: string, kernel: KernelFunc): KernelFunc {
  return (call) => {
    const { recorder } = (call.backend as NtCpuBackend).recordings;
    if (!recorder) return kernel(call);
    recorder.kernel(call.inputs);
    return recorder.inherited(kernelName, call.inputs, () => kernel(call));
  };
}

/** The stock kernel where it is quicker than a command; what it does with constants need not be done again. */
function smallWork(inherited: KernelFunc, stock: KernelFunc): KernelFunc {
  return (call) => {
    const { recorder } = (call.backend as NtCpuBackend).recordings;
    if (!recorder || recorder.areConstant(call.inputs)) return inherited(call);
    return recordSmallWork(recorder, stock, call);
  };
}

function outsideHeap(kernel: KernelFunc): KernelFunc {
  return (call) => (call.backend as NtCpuBackend).outsideHeap(() => kernel(call));
}
