import { type GemmCall, gemmActivations } from '../kernels.ts';
import type { CommandWriter } from './command.ts';
import type { GemmCut } from './gemm-groups.ts';

/** Writes the fields of a product (GemmCommand in command.h); `packing` as `packingOf` has it. */
export function writeGemm(
  command: CommandWriter,
  call: GemmCall,
  { byRows, rowBlocks, groups }: GemmCut,
  packing: number,
): void {
  const { batch, m, n, k, a, b, halves } = call;
  command.words(batch, m, n, k, a.offset, a.row, a.column, a.batch, b.offset, b.row, b.column, b.batch);
  command.words(call.c, call.bias, gemmActivations.indexOf(call.activation));
  command.floats(call.slope);
  command.words(byRows ? 1 : 0, rowBlocks, groups, call.accumulate ? 1 : 0, call.derivativeAt, packing);
  command.words(halves?.a ? 1 : 0, halves?.derivative ? 1 : 0, halves?.c ?? 0);
}
