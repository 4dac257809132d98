import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { NtWebgpuBackend } from '../engine/nt-webgpu-backend.ts';
import { apartShader, tile } from '../wgsl/elementwise-shader.ts';
import { words } from '../wgsl/shader.ts';

/** A new tensor, each element the WGSL expression `code` of `in0`, `in1`, … at that place of inputs of one shape. */
export function runCode(
  backend: NtWebgpuBackend,
  name: string,
  code: string,
  inputs: readonly [TensorInfo, ...TensorInfo[]],
): TensorInfo {
  const out = backend.allocate(inputs[0].shape);
  const count = util.sizeFromShape(out.shape);
  if (count === 0) return out;
  const statements = { statements: `let out0 = ${code};`, constantCount: 0, constants: () => [] };
  backend.programs.run({
    name,
    code: () => apartShader(statements, { inputs: inputs.length, outputs: 1, scalars: 0 }),
    parameters: words([count]),
    bindings: [...inputs, out].map((tensor) => backend.rangeOf(tensor)),
    workgroups: Math.ceil(count / tile),
  });
  return out;
}
