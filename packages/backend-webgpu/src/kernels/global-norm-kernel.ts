import { kernelNames } from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type KernelCall, requireFloat } from '../engine/kernel-call.ts';
import type { NtWebgpuBackend } from '../engine/nt-webgpu-backend.ts';
import type { BufferRange } from '../engine/tfjs-webgpu.ts';
import { withFloats } from '../engine/with-floats.ts';
import { normTile, partsShader, rootShader } from '../wgsl/norm-shaders.ts';
import { words } from '../wgsl/shader.ts';

/** √(Σ x²) over all tensors: one sum for each tile, then their sum; the order depends on the shapes alone. */
export function globalNormKernel({ backend, inputs }: KernelCall): TensorInfo {
  requireFloat(kernelNames.globalNorm, inputs);
  return withFloats(backend, Object.values(inputs), (floats) => {
    const tensors = floats.filter(({ shape }) => util.sizeFromShape(shape) > 0);
    const tilesOf = ({ shape }: TensorInfo): number => Math.ceil(util.sizeFromShape(shape) / normTile);
    const tiles = tensors.reduce((total, tensor) => total + tilesOf(tensor), 0);
    const parts = backend.programs.scratch(4 * Math.max(tiles, 1));
    const moved = tensors.map((tensor) => backend.moveToHeap(tensor));
    const inHeap = tensors.filter((_, i) => moved[i]);
    let first = 0;
    for (const group of [inHeap, ...tensors.filter((_, i) => !moved[i]).map((tensor) => [tensor])]) {
      if (group.length === 0) continue;
      sumTiles(backend, group, parts, first);
      first += group.reduce((total, tensor) => total + tilesOf(tensor), 0);
    }
    const out = backend.allocate([]);
    backend.programs.run({
      name: 'globalNorm root',
      code: rootShader,
      parameters: words([tiles]),
      bindings: [parts, backend.rangeOf(out)],
      workgroups: 1,
    });
    return out;
  });
}

/** Tensors in the heap, or one that is not. @param first place of the first sum among all */
function sumTiles(backend: NtWebgpuBackend, tensors: readonly TensorInfo[], parts: BufferRange, first: number): void {
  const rows: number[] = [];
  let tiles = 0;
  for (const tensor of tensors) {
    const count = util.sizeFromShape(tensor.shape);
    rows.push(tiles, count, (backend.blockOf(tensor)?.offset ?? 0) / 4);
    tiles += Math.ceil(count / normTile);
  }
  const isInHeap = backend.blockOf(tensors[0]!) !== undefined;
  backend.programs.run({
    name: 'globalNorm parts',
    code: partsShader,
    parameters: words([tensors.length, tiles, first, ...rows]),
    bindings: [isInHeap ? { buffer: backend.heap.buffer } : backend.rangeOf(tensors[0]!), parts],
    workgroups: tiles,
  });
}
