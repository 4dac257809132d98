import type { GemmTile, KernelProgram } from '../kernel-program.ts';
import type { LoadedAddon } from './load-native-addon.ts';
import type { InstructionSet } from './native-addon.ts';

/** Sizes of the innermost loop, as gemm-tile.h has them for each set. */
export const nativeTiles: Readonly<Record<InstructionSet, GemmTile>> = {
  avx512: { rows: 12, columns: 32, rowBlocks: 'always' },
  avx2: { rows: 6, columns: 16, rowBlocks: 'transposed' },
  sse2: { rows: 6, columns: 8, rowBlocks: 'never' },
  neon: { rows: 8, columns: 12, rowBlocks: 'never' },
};

/** The native kernels of one set over a heap; `heap` is shared memory, which stays where it is when it grows. */
export function nativeProgram(
  { file, addon }: LoadedAddon,
  set: InstructionSet,
  heap: Uint8Array,
  mostBytes: number,
): KernelProgram {
  const { run, work } = addon.bind(heap, set, mostBytes);
  // Workers are handed the buffer: Deno takes seconds over a view, looking at each of its millions of elements.
  const source = { kind: 'native', file, set, memory: heap.buffer } as const;
  return { workspaceBytes: addon.workspaceBytes, run, work, source };
}
