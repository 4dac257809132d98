import { type KernelFunc, Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { Recorder } from './recorder.ts';

type Call = Parameters<KernelFunc>[0];
type Results = ReturnType<KernelFunc>;

/**
 * Runs a kernel of the stock engine over little data, and has each repetition run it, too: a command of ours would not give
 * the same bits. Its results lie in the heap, where the commands behind it find those of the repetition.
 */
export function recordSmallWork(recorder: Recorder, kernel: KernelFunc, call: Call): Results {
  const backend = call.backend as NtCpuBackend;
  const inputs = Object.values(call.inputs) as TensorInfo[];
  recorder.kernel(call.inputs);
  const results = recorder.unrecorded(() => kernel(call));
  for (const { dataId } of listOf(results)) if (inputs.every((input) => input.dataId !== dataId)) recorder.made(dataId);
  const kinds = [...inputs, ...listOf(results)].map((tensor) => backend.storageOf(tensor));
  if (kinds.some((kind) => kind !== 'float' && kind !== 'int')) {
    recorder.fail('it computes with small tensors that are neither float32 nor int32');
    return results;
  }
  const placesOf = (tensors: readonly TensorInfo[]): number[] => tensors.map((tensor) => backend.offsetOf(tensor));
  const [from, to] = recorder.unrecorded(() => [placesOf(inputs), placesOf(listOf(results))]);
  // Repetitions find them by their names.
  for (const { dataId } of inputs) {
    backend.incRef(dataId);
    recorder.held.push(dataId);
  }
  recorder.again(() => runAgain(backend, kernel, call, to), Int32Array.from([...from, ...to]));
  return results;
}

function runAgain(backend: NtCpuBackend, kernel: KernelFunc, call: Call, to: readonly number[]): void {
  for (const [i, result] of listOf(kernel(call)).entries()) {
    backend.heap.write(to[i]!, backend.valuesOf(result) as Float32Array | Int32Array);
    // Some kernels make a tensor, which tfjs counts.
    if (result instanceof Tensor) result.dispose();
    else backend.disposeData(result.dataId);
  }
}

const listOf = (results: Results): TensorInfo[] => (Array.isArray(results) ? results : [results]);
