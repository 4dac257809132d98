import { donorsOf } from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { HeapBlock } from '../engine/device-heap.ts';
import type { NtWebgpuBackend } from '../engine/nt-webgpu-backend.ts';
import type { BufferRange } from '../engine/tfjs-webgpu.ts';
import { heapShader, tile } from '../wgsl/elementwise-shader.ts';
import type { PreparedRule } from './prepare-rule.ts';

/**
 * A rule over all groups in one pass. Outputs take over the memory of donated inputs that nobody else holds.
 *
 * @returns undefined when the heap cannot hold them all
 */
export function runInHeap(
  backend: NtWebgpuBackend,
  groups: readonly (readonly TensorInfo[])[],
  { rule, name, code, constants, late, tensors }: PreparedRule,
  donate: readonly string[],
): TensorInfo[] | undefined {
  const counts = groups.map(([first]) => (first ? util.sizeFromShape(first.shape) : 1));
  const outputs: TensorInfo[] = [];
  const rows: number[] = [];
  const uses = countUses(groups);
  const aliases = donorsOf(rule, donate);
  let tiles = 0;
  for (const [i, inputs] of groups.entries()) {
    const places = counts[i] === 0 ? [] : inputs.map((tensor) => backend.moveToHeap(tensor));
    const own = rule.outputs.map((_, k) => output(backend, inputs, uses, aliases[k]));
    outputs.push(...own);
    if (counts[i] === 0) continue;
    const blocks = [...places, ...own.map((tensor) => backend.blockOf(tensor))];
    if (blocks.includes(undefined)) {
      for (const { dataId } of outputs) backend.disposeData(dataId);
      return undefined;
    }
    rows.push(tiles, counts[i]!, ...(blocks as HeapBlock[]).map(({ offset }) => offset / 4));
    tiles += Math.ceil(counts[i]! / tile);
  }
  if (tiles === 0) return outputs;
  const sizes = { inputs: rule.inputs.length, outputs: rule.outputs.length, scalars: tensors.length };
  const parameters = new Uint32Array(1 + constants.length + rows.length);
  parameters[0] = rows.length / (2 + sizes.inputs + sizes.outputs);
  new Float32Array(parameters.buffer).set(constants, 1);
  parameters.set(rows, 1 + constants.length);
  const scalars = tensors.map((tensor) => outsideHeap(backend, tensor));
  backend.programs.run({
    name: `elementwise heap ${name}`,
    code: () => heapShader(code, sizes),
    parameters: parameters.buffer,
    late: late && { at: 4, values: late },
    bindings: [{ buffer: backend.heap.buffer }, ...scalars],
    workgroups: tiles,
  });
  return outputs;
}

/** A shader that writes the heap may not have it under a second binding. */
function outsideHeap(backend: NtWebgpuBackend, scalar: TensorInfo): BufferRange {
  const range = backend.rangeOf(scalar);
  if (!backend.blockOf(scalar)) return range;
  const own = backend.programs.scratch(4);
  backend.copy(range, own, 4);
  return own;
}

/** How often each tensor's data is an input of the call. */
function countUses(groups: readonly (readonly TensorInfo[])[]): ReadonlyMap<object, number> {
  const uses = new Map<object, number>();
  for (const { dataId } of groups.flat()) uses.set(dataId, (uses.get(dataId) ?? 0) + 1);
  return uses;
}

function output(
  backend: NtWebgpuBackend,
  inputs: readonly TensorInfo[],
  uses: ReadonlyMap<object, number>,
  alias: number | undefined,
): TensorInfo {
  const donor = alias === undefined ? undefined : inputs[alias]!;
  const mayTake =
    donor && backend.blockOf(donor) && backend.refCount(donor.dataId) === 1 && uses.get(donor.dataId) === 1;
  return mayTake ? backend.takeOver(donor) : backend.allocate(inputs[0]?.shape ?? [], 'heap');
}
