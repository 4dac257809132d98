import type { GemmTile } from '../kernel-program.ts';
import type { GemmCall, Kernels } from '../kernels.ts';

/** Columns of a group of the kernel for few rows. */
const thinColumns = 16;
const thinRows = 4;
/** Floats of the operand that a thread packs once for all its groups (`shared` in work.h). */
const sharedFloats = 1 << 19;
/** Rows of A that are worth reading B for once more. */
const leastRows = 32;
/** Floats of B that are little to read: half a MiB. */
const smallB = 1 << 17;
/** Multiplications below which a group is not worth a thread. */
const leastWork = 131072;

/** `rowBlocks` blocks of rows, each cut into `groups` of strips. */
export interface GemmCut {
  readonly byRows: boolean;
  readonly rowBlocks: number;
  readonly groups: number;
}

/**
 * How a product is cut: along rows when there are many of them, else along columns. Each result is summed over k in the
 * same order wherever the cuts lie, so they may depend on the number of threads.
 */
export function gemmGroups(call: GemmCall, tile: GemmTile, threads: number): GemmCut {
  const { batch, m, n, k, narrow = false } = call;
  const byRows = m > 256 && m >= n;
  if (threads === 1) return { byRows, rowBlocks: 1, groups: 1 };
  const strips =
    m <= thinRows && !narrow
      ? Math.ceil(n / thinColumns)
      : byRows
        ? Math.ceil(m / tile.rows)
        : Math.ceil(n / tile.columns);
  // What does not fit is packed again for every group.
  const packed = k * (byRows ? Math.ceil(n / tile.columns) * tile.columns : Math.ceil(m / tile.rows) * tile.rows);
  const wanted = Math.ceil((threads * (packed <= sharedFloats ? 8 : 1)) / batch);
  const rowBlocks = byRows || batch > 1 ? 1 : blocksOfRows(call, tile, threads);
  const groups = Math.min(strips, Math.ceil(wanted / rowBlocks), Math.floor((m * n * k) / (rowBlocks * leastWork)));
  return { byRows, rowBlocks, groups: Math.max(1, groups) };
}

/**
 * A thread then packs only its rows of A, and finds them in its own cache if it wrote them, but B is read for each block:
 * rows that lie apart in memory, as those of a strip of a large B do, cost more than those of a transposed one.
 */
function blocksOfRows({ m, n, k, b, narrow = false }: GemmCall, { rowBlocks }: GemmTile, threads: number): number {
  const isTransposed = b.column !== 1;
  if (narrow || rowBlocks === 'never' || (rowBlocks === 'transposed' && !isTransposed)) return 1;
  const least = isTransposed || n * k <= smallB ? leastRows : 2 * leastRows;
  return Math.max(1, Math.min(threads, Math.floor(m / least)));
}

/** What its operands are packed as (WIDE, ROUNDED, PAIRED in command.h). */
export const packingOf = ({ narrow = false }: GemmCall, kernels: Pick<Kernels, 'bfloat16'>): number =>
  narrow ? (kernels.bfloat16() === 'quick' ? 2 : 1) : 0;
