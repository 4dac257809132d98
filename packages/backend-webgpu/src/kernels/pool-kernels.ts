import { kernelNames } from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type KernelCall, requireFloat } from '../engine/kernel-call.ts';
import type { NtWebgpuBackend } from '../engine/nt-webgpu-backend.ts';
import { withFloats } from '../engine/with-floats.ts';
import { type PoolKind, poolGradShader, poolShader } from '../wgsl/pool-shaders.ts';
import { threads, words } from '../wgsl/shader.ts';

/** 1-D pooling with ceil mode of [batch, length, channels]. */
export function pool1dKernel({ backend, inputs, attributes }: KernelCall): TensorInfo {
  requireFloat(kernelNames.pool1d, inputs);
  const { kind, kernelSize } = attributes as { kind: PoolKind; kernelSize: number };
  return withFloats(backend, [inputs['x']!], ([x]) => {
    const [batch, length, channels] = x!.shape as [number, number, number];
    const out = backend.allocate([batch, Math.ceil(length / kernelSize), channels]);
    return run(backend, { name: `pool ${kind}`, code: () => poolShader(kind), x: x!, kernelSize, inputs: [x!], out });
  });
}

/** dx of the same; a tie goes to the first maximum of a window. */
export function pool1dGradKernel({ backend, inputs, attributes }: KernelCall): TensorInfo {
  requireFloat(kernelNames.pool1dGrad, inputs);
  const { kind, kernelSize } = attributes as { kind: PoolKind; kernelSize: number };
  return withFloats(backend, [inputs['dy']!, inputs['x']!], ([dy, x]) => {
    const read = kind === 'max' ? [dy!, x!] : [dy!];
    const code = (): string => poolGradShader(kind);
    const out = backend.allocate(x!.shape);
    return run(backend, { name: `pool gradient ${kind}`, code, x: x!, kernelSize, inputs: read, out });
  });
}

interface PoolRun {
  readonly name: string;
  readonly code: () => string;
  readonly x: TensorInfo;
  readonly kernelSize: number;
  readonly inputs: readonly TensorInfo[];
  readonly out: TensorInfo;
}

function run(backend: NtWebgpuBackend, { name, code, x, kernelSize, inputs, out }: PoolRun): TensorInfo {
  const [, length, channels] = x.shape as [number, number, number];
  const count = util.sizeFromShape(out.shape);
  if (count === 0) return out;
  backend.programs.run({
    name,
    code,
    parameters: words([count, length, channels, kernelSize, Math.ceil(length / kernelSize)]),
    bindings: [...inputs, out].map((tensor) => backend.rangeOf(tensor)),
    workgroups: Math.ceil(count / threads),
  });
  return out;
}
