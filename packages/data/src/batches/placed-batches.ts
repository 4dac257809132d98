import type { JsonValue } from '../json.ts';
import type { Windows } from '../windows/indexed-windows.ts';
import type { BatchesOptions } from './batches-options.ts';
import { EpochPlace } from './epoch-place.ts';

/** What every source of batches has, wherever its windows come from: a place in an epoch that can be saved. */
export abstract class PlacedBatches {
  readonly windows: Windows;
  readonly batchSize: number;
  protected readonly options: BatchesOptions;
  protected readonly place: EpochPlace;

  /** @param count windows of an epoch */
  constructor(windows: Windows, options: BatchesOptions, count: number) {
    this.windows = windows;
    this.options = options;
    this.batchSize = options.batchSize;
    this.place = new EpochPlace(windows, options, count);
  }

  get batchesPerEpoch(): number {
    return this.place.batchesPerEpoch;
  }

  get epoch(): number {
    return this.place.epoch;
  }

  get position(): number {
    return this.place.position;
  }

  state(): JsonValue {
    return this.place.state();
  }

  restore(state: JsonValue): void {
    this.place.restore(state);
  }

  reset(): void {
    this.place.position = 0;
  }
}
