import type { Batch } from '../batches/batch.ts';
import { augmentBatch, type BatchSource } from '../batches/batches.ts';
import { type BatchesOptions, batchesOptionKeys, checkBatchesOptions } from '../batches/batches-options.ts';
import { type BlockOrder, type BlockShuffle, blockOrder } from '../batches/block-order.ts';
import { allocateBatch, gatherWindow } from '../batches/gather-batch.ts';
import { PlacedBatches } from '../batches/placed-batches.ts';
import { badOption, checkKeys } from '../check-options.ts';
import type { ScalerKind } from '../scale/column-scale.ts';
import { fitScaler } from '../scale/fit-scaler.ts';
import type { SeriesSet } from '../series/series-set.ts';
import type { StepRanges } from '../split/split-by-time.ts';
import type { Windows } from '../windows/indexed-windows.ts';
import type { ShardedSeries } from './open-shards.ts';

/** Batches from disk: the options of `batches` that a fixed memory budget allows. */
export interface ShardBatchesOptions extends Pick<BatchesOptions, 'batchSize' | 'seed' | 'dropLast' | 'augment'> {
  /** Blocks and pools are what is in memory: the current pool and, with `prefetch`, the next one. */
  readonly blocks: BlockShuffle;
  /** Default true; false = series after series. */
  readonly shuffle?: boolean;
  /** Scales each series when it is loaded, by a scaler fitted to its train part. */
  readonly scaler?: { readonly kind: ScalerKind; readonly ranges: StepRanges; readonly covariates?: ScalerKind };
  /** Load the next pool while the current one is used; default true. */
  readonly prefetch?: boolean;
}

/** As `BatchSource`, one batch at a time from disk. */
export interface ShardBatchSource extends Omit<BatchSource, keyof Iterable<Batch>>, AsyncIterable<Batch> {}

/**
 * Batches of series on disk: the same batches, bit for bit, as `batches` gives for the same data in memory with
 * `shuffle: blocks` and the same seed.
 *
 * @param windows windows of `sharded.outline`
 */
export function shardBatches(sharded: ShardedSeries, windows: Windows, options: ShardBatchesOptions): ShardBatchSource {
  checkKeys('shardBatches', options, [
    'blocks',
    'scaler',
    'prefetch',
    ...batchesOptionKeys.filter((key) => key !== 'sampling' && key !== 'buffers'),
  ]);
  if (windows.set.ids !== sharded.outline.ids)
    throw badOption('shardBatches', 'windows', 'windows of sharded.outline', 'others');
  const { blocks, scaler, prefetch = true, shuffle = true, ...rest } = options;
  const memoryOptions: BatchesOptions = { ...rest, shuffle: shuffle ? blocks : false };
  checkBatchesOptions('shardBatches', memoryOptions, sharded.outline, windows.count);
  return new DiskBatches(sharded, windows, memoryOptions, { blocks, scaler, prefetch });
}

interface DiskOptions {
  readonly blocks: BlockShuffle;
  readonly scaler: ShardBatchesOptions['scaler'];
  readonly prefetch: boolean;
}

type LoadedPool = ReadonlyMap<number, SeriesSet>;

class DiskBatches extends PlacedBatches implements ShardBatchSource {
  private readonly sharded: ShardedSeries;
  private readonly disk: DiskOptions;

  constructor(sharded: ShardedSeries, windows: Windows, options: BatchesOptions, disk: DiskOptions) {
    super(windows, options, windows.count);
    this.sharded = sharded;
    this.disk = disk;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch> {
    const order = this.epochOrder();
    const pools = new Map<number, Promise<LoadedPool>>();
    while (this.position < this.batchesPerEpoch) {
      const first = this.position * this.batchSize;
      const batch = allocateBatch(this.windows, Math.min(this.batchSize, this.windows.count - first));
      const firstPool = order.poolOf(first);
      const lastPool = order.poolOf(first + batch.size - 1);
      for (const index of pools.keys()) if (index < firstPool) pools.delete(index);
      const ahead = this.disk.prefetch ? lastPool + 1 : lastPool;
      for (let index = firstPool; index <= ahead && index < order.pools.length; index++)
        this.startLoading(pools, order, index);
      const loaded: SeriesSet[] = [];
      for (let index = firstPool; index <= lastPool; index++)
        for (const [block, set] of await pools.get(index)!) loaded[block] = set;
      this.gather(batch, first, order, loaded);
      augmentBatch(batch, this.windows, this.options, this.epoch, this.position);
      this.place.position++;
      yield batch;
    }
    this.place.beginEpoch();
  }

  /** Without shuffle every block is a pool of its own, in order. */
  private epochOrder(): BlockOrder {
    const { bounds } = this.windows;
    const { blocks } = this.disk;
    if (this.options.shuffle) return blockOrder(bounds, blocks, this.options.seed!, this.epoch);
    const count = Math.ceil((bounds.length - 1) / blocks.blockSeries);
    const starts = Array.from(
      { length: count + 1 },
      (_, block) => bounds[Math.min(block * blocks.blockSeries, bounds.length - 1)]!,
    );
    const pools = starts
      .slice(0, -1)
      .map((start, block) => ({ blocks: [block], start, count: starts[block + 1]! - start }));
    return { pools, poolOf: (position) => lastAtOrBelow(starts, position), at: (position) => position };
  }

  private startLoading(pools: Map<number, Promise<LoadedPool>>, order: BlockOrder, index: number): void {
    if (pools.has(index)) return;
    const loading = this.loadPool(order.pools[index]!.blocks);
    // A pool loaded ahead may fail before it is awaited; the error is thrown when it is.
    loading.catch(() => undefined);
    pools.set(index, loading);
  }

  private async loadPool(blocks: readonly number[]): Promise<LoadedPool> {
    const loaded = new Map<number, SeriesSet>();
    const { blockSeries } = this.disk.blocks;
    for (const block of blocks) {
      const first = block * blockSeries;
      const end = Math.min(first + blockSeries, this.sharded.outline.ids.length);
      loaded.set(block, this.scale(await this.sharded.load(first, end), first, end));
    }
    return loaded;
  }

  private scale(set: SeriesSet, first: number, end: number): SeriesSet {
    const { scaler } = this.disk;
    if (!scaler) return set;
    const ranges = { starts: scaler.ranges.starts.subarray(first, end), ends: scaler.ranges.ends.subarray(first, end) };
    return fitScaler(set, { ...scaler, ranges })
      .extend(set, { ranges })
      .transform(set);
  }

  private gather(batch: Batch, first: number, order: BlockOrder, loaded: readonly SeriesSet[]): void {
    const { blockSeries } = this.disk.blocks;
    batch.inputMask.fill(1);
    batch.targetMask.fill(1);
    for (let slot = 0; slot < batch.size; slot++) {
      const window = order.at(first + slot);
      const { series, origin } = this.windows.locate(window);
      const block = Math.floor(series / blockSeries);
      batch.windows[slot] = window;
      batch.series[slot] = series;
      batch.origins[slot] = origin;
      if (batch.weights) batch.weights[slot] = this.windows.weights![series]!;
      gatherWindow(this.windows, batch, slot, loaded[block]!, series - block * blockSeries);
    }
  }
}

function lastAtOrBelow(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
