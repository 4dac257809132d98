import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { shader, threads, words } from '../wgsl/shader.ts';
import type { NtWebgpuBackend } from './nt-webgpu-backend.ts';

/**
 * Runs `use` with the same tensors, their values float32 in memory too: tfjs leaves integers and booleans as they are
 * when it casts them to float32.
 */
export function withFloats<Result>(
  backend: NtWebgpuBackend,
  tensors: readonly TensorInfo[],
  use: (floats: readonly TensorInfo[]) => Result,
): Result {
  const made: TensorInfo[] = [];
  const floats = tensors.map((tensor) => {
    if (backend.tensorMap.get(tensor.dataId).dtype === 'float32') return tensor;
    const float = toFloat(backend, tensor);
    made.push(float);
    return float;
  });
  try {
    return use(floats);
  } finally {
    for (const { dataId } of made) backend.disposeData(dataId);
  }
}

function toFloat(backend: NtWebgpuBackend, tensor: TensorInfo): TensorInfo {
  const out = backend.allocate(tensor.shape);
  const count = util.sizeFromShape(tensor.shape);
  if (count === 0) return out;
  const body = `  let i = group * ${threads}u + lane;
  if (i < parameters[0]) { y[i] = f32(x[i]); }`;
  backend.programs.run({
    name: 'toFloat',
    code: () =>
      shader(
        [
          { name: 'x', type: 'i32', access: 'read' },
          { name: 'y', type: 'f32', access: 'read_write' },
        ],
        body,
      ),
    parameters: words([count]),
    bindings: [backend.rangeOf(tensor), backend.rangeOf(out)],
    workgroups: Math.ceil(count / threads),
  });
  return out;
}
