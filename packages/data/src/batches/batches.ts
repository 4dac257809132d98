import type { JsonValue } from '../json.ts';
import { seededRandom } from '../random/seeded-random.ts';
import { checkWindows } from '../series/check-set.ts';
import { requireValues } from '../series/require-values.ts';
import type { Windows } from '../windows/indexed-windows.ts';
import type { Batch } from './batch.ts';
import { type BatchesOptions, checkBatchesOptions } from './batches-options.ts';
import { allocateBatch, gatherBatch, placeBatch, shortenBatch } from './gather-batch.ts';
import { PlacedBatches } from './placed-batches.ts';
import { type WindowOrder, windowOrder } from './window-order.ts';

/**
 * Batches of one epoch after another. Each iteration gives the rest of the current epoch and then begins the next one;
 * leaving the loop early keeps the place.
 */
export interface BatchSource extends Iterable<Batch> {
  readonly windows: Windows;
  readonly batchSize: number;
  readonly batchesPerEpoch: number;
  /** Epochs that are finished. */
  readonly epoch: number;
  /** Batches of this epoch that have been handed out. */
  readonly position: number;
  /** What is needed to go on with the next batch, bit for bit, in another process. */
  state(): JsonValue;
  /**
   * Goes to where `state` was taken.
   *
   * @throws DataError `data/bad-state` when data or options differ
   */
  restore(state: JsonValue): void;
  /** Back to the first batch of the current epoch. */
  reset(): void;
}

/**
 * Windows in batches, in order or shuffled by seed, gathered when asked for.
 *
 * @throws DataError `data/bad-option`
 */
export function batches(windows: Windows, options: BatchesOptions): BatchSource {
  checkWindows('batches', windows);
  requireValues('batches', windows.set);
  checkBatchesOptions('batches', options, windows.set, windows.count);
  return new WindowBatches(windows, options);
}

class WindowBatches extends PlacedBatches implements BatchSource {
  private readonly order: WindowOrder;
  private readonly rotation: RotatingBatch[] = [];
  private handedOut = 0;
  private current: { readonly epoch: number; readonly at: (position: number) => number } | undefined;

  constructor(windows: Windows, options: BatchesOptions) {
    const order = windowOrder(windows, options.shuffle ?? false, options.sampling, options.seed ?? 0);
    super(windows, options, order.count);
    this.order = order;
  }

  *[Symbol.iterator](): Generator<Batch> {
    while (this.position < this.batchesPerEpoch) {
      const batch = this.gather(this.position);
      // Before the batch is handed out, so that a state taken while it is used names the next one.
      this.place.position++;
      yield batch;
    }
    this.place.beginEpoch();
  }

  private gather(position: number): Batch {
    const first = position * this.batchSize;
    const arrays = this.nextArrays();
    const size = Math.min(this.batchSize, this.order.count - first);
    const batch = arrays === undefined ? allocateBatch(this.windows, size) : shortenBatch(arrays.batch, size);
    if (this.current?.epoch !== this.epoch) this.current = { epoch: this.epoch, at: this.order.at(this.epoch) };
    for (let slot = 0; slot < batch.size; slot++) batch.windows[slot] = this.current.at(first + slot);
    placeBatch(this.windows, batch);
    const isWhole = gatherBatch(this.windows, batch, arrays?.masksAreOnes ?? false);
    // A short batch leaves the masks behind its end as they are.
    if (arrays)
      arrays.masksAreOnes =
        isWhole && !this.options.augment?.length && (arrays.masksAreOnes || size === arrays.batch.size);
    augmentBatch(batch, this.windows, this.options, this.epoch, position);
    return batch;
  }

  private nextArrays(): RotatingBatch | undefined {
    const { buffers = 0 } = this.options;
    if (buffers === 0) return undefined;
    const turn = this.handedOut++ % buffers;
    this.rotation[turn] ??= {
      batch: allocateBatch(this.windows, Math.min(this.batchSize, this.order.count)),
      masksAreOnes: false,
    };
    return this.rotation[turn];
  }
}

/** Arrays that are used again. */
interface RotatingBatch {
  readonly batch: Batch;
  masksAreOnes: boolean;
}

/** Applies the augmentations with the generators of (seed, epoch, batch, place in the list). */
export function augmentBatch(
  batch: Batch,
  windows: Windows,
  options: BatchesOptions,
  epoch: number,
  position: number,
): void {
  const { set, inputSize, horizon } = windows;
  const shape = {
    inputSize,
    horizon,
    historicCount: set.historic?.names.length ?? 0,
    futureCount: set.future?.names.length ?? 0,
    staticCount: set.static?.names.length ?? 0,
  };
  for (const [index, augmentation] of (options.augment ?? []).entries()) {
    augmentation.apply(batch, shape, seededRandom(options.seed!, epoch, position, index));
  }
}
