import type { ElementwiseKernelAttributes } from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelCall } from '../engine/kernel-call.ts';
import type { NtWebgpuBackend } from '../engine/nt-webgpu-backend.ts';
import { withFloats } from '../engine/with-floats.ts';
import { apartShader, tile } from '../wgsl/elementwise-shader.ts';
import { words } from '../wgsl/shader.ts';
import { type PreparedRule, prepareRule } from './prepare-rule.ts';
import { runInHeap } from './run-in-heap.ts';

/**
 * Runs an elementwise rule: for many groups of tensors in one pass over the heap, where all inputs lie there or are
 * moved to, and outputs take over the memory of donated inputs that nobody else holds; else group by group.
 */
export function elementwiseKernel({ backend, inputs, attributes }: KernelCall): TensorInfo[] {
  const { rule, donate, groups } = attributes as unknown as ElementwiseKernelAttributes;
  return withFloats(backend, Object.values(inputs), (floats) => {
    const given = Object.fromEntries(Object.keys(inputs).map((name, i) => [name, floats[i]!]));
    const prepared = prepareRule(given, attributes as unknown as ElementwiseKernelAttributes);
    const width = rule.inputs.length;
    const all = Array.from({ length: groups }, (_, i) => rule.inputs.map((_name, k) => given[i * width + k]!));
    if (donate.length > 0 || wantsHeap(backend, all, prepared)) {
      const outputs = runInHeap(backend, all, prepared, donate);
      if (outputs) return outputs;
    }
    return all.flatMap((tensors) => runApart(backend, tensors, prepared));
  });
}

/** Beside what is to be written over in place: several groups, a rule with more tensors than a shader can bind, and what lies in the heap already. */
function wantsHeap(
  backend: NtWebgpuBackend,
  groups: readonly (readonly TensorInfo[])[],
  { rule, tensors }: PreparedRule,
): boolean {
  const bound = 1 + rule.inputs.length + rule.outputs.length + tensors.length;
  const isTooMany = bound > backend.device.limits['maxStorageBuffersPerShaderStage']!;
  return groups.length > 1 || isTooMany || groups.flat().some((tensor) => backend.blockOf(tensor));
}

/** One group, each tensor bound by itself; outputs get memory of their own. */
function runApart(
  backend: NtWebgpuBackend,
  inputs: readonly TensorInfo[],
  { rule, name, code, constants, late, tensors }: PreparedRule,
): TensorInfo[] {
  const shape = inputs[0]?.shape ?? [];
  const count = util.sizeFromShape(shape);
  const outputs = rule.outputs.map(() => backend.allocate(shape));
  if (count === 0) return outputs;
  const sizes = { inputs: inputs.length, outputs: outputs.length, scalars: tensors.length };
  backend.programs.run({
    name: `elementwise ${name}`,
    code: () => apartShader(code, sizes),
    parameters: words([count], constants),
    late: late && { at: 4, values: late },
    bindings: [...inputs, ...outputs, ...tensors].map((tensor) => backend.rangeOf(tensor)),
    workgroups: Math.ceil(count / tile),
  });
  return outputs;
}
