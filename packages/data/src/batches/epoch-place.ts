import { DataError } from '../data-error.ts';
import type { JsonValue } from '../json.ts';
import type { Windows } from '../windows/indexed-windows.ts';
import type { BatchesOptions } from './batches-options.ts';

/** Where a source of batches stands, and what the place belongs to. */
export class EpochPlace {
  readonly batchesPerEpoch: number;
  epoch = 0;
  position = 0;
  private readonly identity: Readonly<Record<string, JsonValue>>;

  constructor(windows: Windows, options: BatchesOptions, count: number) {
    const full = count / options.batchSize;
    this.batchesPerEpoch = options.dropLast ? Math.floor(full) : Math.ceil(full);
    const { batchSize, shuffle = false, sampling, dropLast = false, augment = [], seed } = options;
    this.identity = {
      format: 'nt.batches',
      version: 1,
      windows: windows.count,
      inputSize: windows.inputSize,
      horizon: windows.horizon,
      batchSize,
      shuffle:
        typeof shuffle === 'object' ? `blocks of ${shuffle.blockSeries} series, ${shuffle.poolBlocks} mixed` : shuffle,
      sampling: sampling
        ? `${sampling.windowsPerEpoch} by ${sampling.balance ?? 'windows'}${sampling.replacement ? ' with replacement' : ''}`
        : null,
      augment: augment.map((one) => one.name).join(),
      seed: shuffle || sampling || augment.length > 0 ? seed! : null,
      dropLast,
    };
  }

  beginEpoch(): void {
    this.position = 0;
    this.epoch++;
  }

  state(): JsonValue {
    return { ...this.identity, epoch: this.epoch, position: this.position };
  }

  restore(state: JsonValue): void {
    const saved = (typeof state === 'object' && state !== null ? state : {}) as Record<string, JsonValue>;
    for (const [key, value] of Object.entries(this.identity)) {
      if (saved[key] === value) continue;
      const found = JSON.stringify(saved[key]) ?? 'nothing';
      const message = `batches: the state was taken with ${key} ${found}, here it is ${JSON.stringify(value)}; restore it with the same data and options.`;
      throw new DataError('data/bad-state', message, { option: key });
    }
    const { epoch, position } = saved;
    if (!isCount(epoch, Number.MAX_SAFE_INTEGER) || !isCount(position, this.batchesPerEpoch)) {
      throw new DataError('data/bad-state', 'batches: the state has no valid epoch and position; it is damaged.', {
        option: 'position',
      });
    }
    this.epoch = epoch;
    this.position = position;
  }
}

function isCount(value: JsonValue | undefined, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;
}
