import type { Batch } from '../batches/batch.ts';
import { augmentBatch, type BatchSource } from '../batches/batches.ts';
import { type BatchesOptions, batchesOptionKeys, checkBatchesOptions } from '../batches/batches-options.ts';
import { allocateBatch, placeBatch, shortenBatch } from '../batches/gather-batch.ts';
import { PlacedBatches } from '../batches/placed-batches.ts';
import { type WindowOrder, windowOrder } from '../batches/window-order.ts';
import { checkKeys, checkWhole } from '../check-options.ts';
import { checkWindows } from '../series/check-set.ts';
import { requireValues } from '../series/require-values.ts';
import type { Windows } from '../windows/indexed-windows.ts';
import { BatchRing } from './batch-ring.ts';
import { batchWorkerSource } from './batch-worker-source.generated.ts';
import { shareBatch, shareSeries } from './share-series.ts';
import { requireSharedMemory } from './spawn-batch-worker.ts';

/** Options of `batches`, whose arrays are those of the ring here. */
export interface PrefetchOptions extends Omit<BatchesOptions, 'buffers'> {
  /** Batches that are gathered before they are asked for; default 2. */
  readonly ahead?: number;
}

/** As `BatchSource`, one batch at a time. A batch is valid until the next is asked for; its masks are not to be written to. */
export interface PrefetchedBatchSource extends Omit<BatchSource, keyof Iterable<Batch>>, AsyncIterable<Batch> {
  /** Ends the worker; going on starts another. A worker that is not closed does not keep a process alive. */
  close(): Promise<void>;
}

/**
 * The batches of `batches`, bit for bit and in the same order, gathered ahead of use by a worker in a ring of shared
 * memory. Order, place and augmentations stay on this thread. It pays where updates leave a core idle (on a GPU) and
 * gathering is a good part of them; on a processor that computes the updates it takes a core from them.
 *
 * @throws DataError `data/no-worker` without workers or shared memory; `data/worker-failed` when the worker ends;
 *   `data/bad-option`
 */
export function prefetchBatches(windows: Windows, options: PrefetchOptions): PrefetchedBatchSource {
  checkWindows('prefetchBatches', windows);
  checkKeys('prefetchBatches', options, ['ahead', ...batchesOptionKeys.filter((key) => key !== 'buffers')]);
  const { ahead = 2, ...rest } = options;
  checkWhole('prefetchBatches', 'ahead', ahead, 1);
  requireValues('prefetchBatches', windows.set);
  checkBatchesOptions('prefetchBatches', rest, windows.set, windows.count);
  requireSharedMemory();
  return new PrefetchedBatches(windows, rest, ahead, batchWorkerSource);
}

/** The source behind `prefetchBatches`, for a program of the worker. */
export class PrefetchedBatches extends PlacedBatches implements PrefetchedBatchSource {
  private readonly order: WindowOrder;
  private readonly ring: BatchRing;
  private current: { readonly epoch: number; readonly at: (position: number) => number } | undefined;

  constructor(windows: Windows, options: BatchesOptions, ahead: number, program: string) {
    const order = windowOrder(windows, options.shuffle ?? false, options.sampling, options.seed ?? 0);
    super(windows, options, order.count);
    this.order = order;
    const { inputSize, horizon, targetEnds } = windows;
    const size = Math.min(options.batchSize, this.order.count);
    const slots = Array.from({ length: ahead + 1 }, () => shareBatch(allocateBatch(windows, size)));
    // The worker looks at numbers only: ids, which may be many, and times stay here.
    const set = { ...shareSeries(windows.set), ids: [], times: null };
    this.ring = new BatchRing(slots, { set, inputSize, horizon, targetEnds }, !options.augment?.length, program);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch> {
    while (this.position < this.batchesPerEpoch) {
      const batch = await this.ring.take(this.epoch, this.position, (position, slot) => this.ask(position, slot));
      augmentBatch(batch, this.windows, this.options, this.epoch, this.position);
      this.place.position++;
      yield batch;
    }
    this.place.beginEpoch();
  }

  close(): Promise<void> {
    return this.ring.close();
  }

  /** Writes into a slot which windows it is to hold; undefined behind the last batch of the epoch. */
  private ask(position: number, slot: Batch): Batch | undefined {
    if (position >= this.batchesPerEpoch) return undefined;
    const first = position * this.batchSize;
    const batch = shortenBatch(slot, Math.min(this.batchSize, this.order.count - first));
    if (this.current?.epoch !== this.epoch) this.current = { epoch: this.epoch, at: this.order.at(this.epoch) };
    for (let k = 0; k < batch.size; k++) batch.windows[k] = this.current.at(first + k);
    placeBatch(this.windows, batch);
    return batch;
  }
}
