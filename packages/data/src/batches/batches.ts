import { badOption, checkKeys, checkWhole } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import type { JsonValue } from '../json.ts';
import { permutation } from '../random/permutation.ts';
import type { Windows } from '../windows/windows.ts';
import type { Batch } from './batch.ts';
import { allocateBatch, gatherBatch, shortenBatch } from './gather-batch.ts';

/** How windows become batches. */
export interface BatchesOptions {
  /** Windows in a batch. */
  readonly batchSize: number;
  /** A new order in every epoch, which belongs to (seed, epoch); default false. */
  readonly shuffle?: boolean;
  /** Whole number; needed with `shuffle`. */
  readonly seed?: number;
  /** Leave out a last batch that is not full; default false. */
  readonly dropLast?: boolean;
  /**
   * 0 (default): every batch has new arrays and may be kept. n: n sets of arrays take turns, so that a batch is valid
   * until n more have been asked for.
   */
  readonly buffers?: number;
}

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

/** Windows in batches, in order or shuffled by seed, gathered when asked for. */
export function batches(windows: Windows, options: BatchesOptions): BatchSource {
  checkKeys('batches', options, ['batchSize', 'shuffle', 'seed', 'dropLast', 'buffers']);
  checkWhole('batches', 'batchSize', options.batchSize, 1);
  checkWhole('batches', 'buffers', options.buffers ?? 0, 0);
  if (options.seed !== undefined) checkWhole('batches', 'seed', options.seed, 0);
  if (options.shuffle && options.seed === undefined)
    throw badOption('batches', 'seed', 'a whole number when shuffle is true', undefined);
  if (options.dropLast && windows.count < options.batchSize) {
    throw badOption(
      'batches',
      'dropLast',
      `false, since ${windows.count} windows do not fill one batch of ${options.batchSize}`,
      true,
    );
  }
  return new WindowBatches(windows, options);
}

class WindowBatches implements BatchSource {
  readonly windows: Windows;
  readonly batchSize: number;
  readonly batchesPerEpoch: number;
  epoch = 0;
  position = 0;
  private readonly options: BatchesOptions;
  private readonly rotation: Batch[] = [];
  private handedOut = 0;
  private order: { readonly epoch: number; readonly at: (position: number) => number } | undefined;

  constructor(windows: Windows, options: BatchesOptions) {
    this.windows = windows;
    this.options = options;
    this.batchSize = options.batchSize;
    const full = windows.count / options.batchSize;
    this.batchesPerEpoch = options.dropLast ? Math.floor(full) : Math.ceil(full);
  }

  *[Symbol.iterator](): Generator<Batch> {
    while (this.position < this.batchesPerEpoch) {
      const batch = this.gather(this.position);
      // Before the batch is handed out, so that a state taken while it is used names the next one.
      this.position++;
      yield batch;
    }
    this.position = 0;
    this.epoch++;
  }

  state(): JsonValue {
    return { ...this.identity(), epoch: this.epoch, position: this.position };
  }

  restore(state: JsonValue): void {
    const saved = (typeof state === 'object' && state !== null ? state : {}) as Record<string, JsonValue>;
    for (const [key, value] of Object.entries(this.identity())) {
      if (saved[key] === value) continue;
      const message = `batches: the state was taken with ${key} ${JSON.stringify(saved[key])}, here it is ${JSON.stringify(value)}; restore it with the same data and options.`;
      throw new DataError('data/bad-state', message, { option: key });
    }
    const { epoch, position } = saved;
    if (!isCount(epoch, Infinity) || !isCount(position, this.batchesPerEpoch)) {
      throw new DataError('data/bad-state', 'batches: the state has no valid epoch and position; it is damaged.', {
        option: 'position',
      });
    }
    this.epoch = epoch;
    this.position = position;
  }

  reset(): void {
    this.position = 0;
  }

  private identity(): Record<string, JsonValue> {
    const { batchSize, shuffle = false, seed = null, dropLast = false } = this.options;
    const { count, inputSize, horizon } = this.windows;
    return {
      format: 'nt.batches',
      version: 1,
      windows: count,
      inputSize,
      horizon,
      batchSize,
      shuffle,
      seed: shuffle ? seed : null,
      dropLast,
    };
  }

  private gather(position: number): Batch {
    const first = position * this.batchSize;
    const size = Math.min(this.batchSize, this.windows.count - first);
    const batch = this.nextBuffer(size);
    const order = this.currentOrder();
    for (let slot = 0; slot < size; slot++) batch.windows[slot] = order(first + slot);
    gatherBatch(this.windows, batch);
    return batch;
  }

  private nextBuffer(size: number): Batch {
    const { buffers = 0 } = this.options;
    if (buffers === 0) return allocateBatch(this.windows, size);
    const turn = this.handedOut++ % buffers;
    this.rotation[turn] ??= allocateBatch(this.windows, Math.min(this.batchSize, this.windows.count));
    return shortenBatch(this.rotation[turn], size);
  }

  private currentOrder(): (position: number) => number {
    if (!this.options.shuffle) return (position) => position;
    if (this.order?.epoch !== this.epoch) {
      this.order = { epoch: this.epoch, at: permutation(this.windows.count, this.options.seed!, this.epoch) };
    }
    return this.order.at;
  }
}

function isCount(value: JsonValue | undefined, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;
}
