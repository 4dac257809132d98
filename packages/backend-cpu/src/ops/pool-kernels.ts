import { kernelNames } from '@nt/tensor';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelCall } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import { requireFloat } from '../engine/require-float.ts';
import type { PoolCall } from '../kernels/kernels.ts';

/** 1-D pooling with ceil mode of [batch, length, channels]. */
export function pool1dKernel({ backend, inputs, attributes }: KernelCall): TensorInfo {
  const x = inputs['x']!;
  requireFloat(backend, kernelNames.pool1d, { x });
  const sizes = poolSizes(x, attributes);
  const source = backend.offsetOf(x);
  const out = backend.allocate([sizes.batch, Math.ceil(sizes.length / sizes.kernelSize), sizes.channels]);
  backend.kernels.pool({ ...sizes, x: source, out: backend.offsetOf(out) });
  return out;
}

/** dx of the same. */
export function pool1dGradKernel({ backend, inputs, attributes }: KernelCall): TensorInfo {
  const { dy, x } = inputs as Record<'dy' | 'x', TensorInfo>;
  requireFloat(backend, kernelNames.pool1dGrad, { dy, x });
  const offsets = offsetsOf(backend, { dy, x });
  const out = backend.allocate(x.shape);
  backend.kernels.poolGrad({ ...poolSizes(x, attributes), ...offsets, out: backend.offsetOf(out) });
  return out;
}

function offsetsOf<Name extends string>(
  backend: NtCpuBackend,
  tensors: Record<Name, TensorInfo>,
): Record<Name, number> {
  return Object.fromEntries(
    Object.entries<TensorInfo>(tensors).map(([name, tensor]) => [name, backend.offsetOf(tensor)]),
  ) as Record<Name, number>;
}

function poolSizes({ shape }: TensorInfo, attributes: KernelCall['attributes']): Omit<PoolCall, 'x' | 'out'> {
  const [batch, length, channels] = shape as [number, number, number];
  const { kind, kernelSize } = attributes as { kind: 'max' | 'avg'; kernelSize: number };
  return { kind, batch, length, channels, kernelSize };
}
