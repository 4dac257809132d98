import { permutation } from '../random/permutation.ts';

/** Shuffle in two levels: blocks of neighbouring series, then the windows of a few blocks at a time. */
export interface BlockShuffle {
  /** Neighbouring series in a block; the last block may have fewer. */
  readonly blockSeries: number;
  /** Blocks whose windows are mixed with each other. */
  readonly poolBlocks: number;
}

/** Blocks that are mixed with each other: positions `[start, start + count)` of the epoch. */
export interface BlockPool {
  readonly blocks: readonly number[];
  readonly start: number;
  readonly count: number;
}

/** The two-level order of an epoch: its pools, and the window at each position. */
export interface BlockOrder {
  readonly pools: readonly BlockPool[];
  poolOf(position: number): number;
  readonly at: (position: number) => number;
}

/**
 * Shuffles blocks of series, then the windows within pools of blocks. Its memory is one number per block and, below the
 * limit of `permutation`, one per window of a pool.
 *
 * @param bounds `[series + 1]` number of the first window of each series
 */
export function blockOrder(
  bounds: Float64Array,
  { blockSeries, poolBlocks }: BlockShuffle,
  seed: number,
  epoch: number,
): BlockOrder {
  const seriesCount = bounds.length - 1;
  const blockCount = Math.ceil(seriesCount / blockSeries);
  const firstOf = (block: number) => bounds[block * blockSeries]!;
  const countOf = (block: number) => bounds[Math.min((block + 1) * blockSeries, seriesCount)]! - firstOf(block);
  const shuffled = permutation(blockCount, seed, [epoch, 1]);
  const pools: BlockPool[] = [];
  let start = 0;
  for (let first = 0; first < blockCount; first += poolBlocks) {
    const blocks = Array.from({ length: Math.min(poolBlocks, blockCount - first) }, (_, index) =>
      shuffled(first + index),
    );
    const count = blocks.reduce((sum, block) => sum + countOf(block), 0);
    pools.push({ blocks, start, count });
    start += count;
  }
  const poolOf = (position: number) => {
    let index = 0;
    let high = pools.length - 1;
    while (index < high) {
      const middle = (index + high + 1) >> 1;
      if (pools[middle]!.start <= position) index = middle;
      else high = middle - 1;
    }
    return index;
  };
  let current: { index: number; order: (position: number) => number } | undefined;
  const at = (position: number) => {
    const index = poolOf(position);
    const pool = pools[index]!;
    if (current?.index !== index) current = { index, order: permutation(pool.count, seed, [epoch, 2, index]) };
    let offset = current.order(position - pool.start);
    for (const block of pool.blocks) {
      if (offset < countOf(block)) return firstOf(block) + offset;
      offset -= countOf(block);
    }
    throw new RangeError('a position beyond its pool');
  };
  return { pools, poolOf, at };
}
