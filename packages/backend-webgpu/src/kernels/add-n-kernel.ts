import { getKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelOverride } from '../engine/kernel-call.ts';

/**
 * `tf.addN` in parts that fit the device's bindings, one of which is the result: tfjs binds them all, and where they are too
 * many the device refuses on the side and the sum is what the memory happens to hold.
 */
export const addNKernel: KernelOverride = ({ backend, inputs, stock }) => {
  const tensors = Object.values(inputs);
  const most = backend.device.limits['maxStorageBuffersPerShaderStage']! - 1;
  if (tensors.length <= most) return stock!();
  const { kernelFunc } = getKernel('AddN', 'webgpu');
  const add = (some: readonly TensorInfo[]): TensorInfo =>
    kernelFunc({ inputs: some as never, backend, attrs: {} }) as TensorInfo;
  let sum = add(tensors.slice(0, most));
  for (let first = most; first < tensors.length; first += most - 1) {
    const next = add([sum, ...tensors.slice(first, first + most - 1)]);
    backend.disposeData(sum.dataId);
    sum = next;
  }
  return sum;
};
