import type { GemmTile } from '../kernel-program.ts';
import type { GemmCall, Kernels } from '../kernels.ts';

/** Columns of a group of the kernel for few rows. */
const thinColumns = 16;
const thinRows = 4;
/** Floats of the operand that a thread packs once for all its groups (`shared` in work.h). */
const sharedFloats = 1 << 19;
/** Multiplications below which a group is not worth a thread. */
const leastWork = 131072;

/**
 * How a product is cut: along rows when there are many of them, else along columns. Each result is summed over k in the
 * same order wherever the cuts lie, so they may depend on the number of threads.
 */
export function gemmGroups(
  { batch, m, n, k, narrow = false }: GemmCall,
  tile: GemmTile,
  threads: number,
): { byRows: boolean; groups: number } {
  const byRows = m > 256 && m >= n;
  if (threads === 1) return { byRows, groups: 1 };
  const strips =
    m <= thinRows && !narrow
      ? Math.ceil(n / thinColumns)
      : byRows
        ? Math.ceil(m / tile.rows)
        : Math.ceil(n / tile.columns);
  // What does not fit is packed again for every group.
  const packed = k * (byRows ? Math.ceil(n / tile.columns) * tile.columns : Math.ceil(m / tile.rows) * tile.rows);
  const wanted = Math.ceil((threads * (packed <= sharedFloats ? 8 : 1)) / batch);
  return { byRows, groups: Math.max(1, Math.min(strips, wanted, Math.floor((m * n * k) / leastWork))) };
}

/** What its operands are packed as (WIDE, ROUNDED, PAIRED in command.h). */
export const packingOf = ({ narrow = false }: GemmCall, kernels: Pick<Kernels, 'bfloat16'>): number =>
  narrow ? (kernels.bfloat16() === 'quick' ? 2 : 1) : 0;
