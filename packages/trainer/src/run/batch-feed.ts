import type { Json } from '@nt/tensor';
import { guarded } from '../guarded.ts';
import type { BatchSource, TrainBatch } from '../options/train-options.ts';
import { TrainerError } from '../trainer-error.ts';

/** Draws micro-batches from the source, epoch after epoch; with `overfit` the same first ones over and over. */
export class BatchFeed<B extends TrainBatch> {
  readonly #source: BatchSource<B>;
  readonly #overfitStart: Json;
  #iterator: Iterator<B> | null = null;

  /** @param overfitStart state of the source at which every epoch begins; null: the source just goes on */
  constructor(source: BatchSource<B>, overfitStart: Json) {
    this.#source = source;
    this.#overfitStart = overfitStart;
  }

  get overfitStart(): Json {
    return this.#overfitStart;
  }

  sourceState(): Json {
    return guarded('trainer/data', 'read the position of the batches', () => this.#source.state());
  }

  /** Called before the first batch of an epoch. */
  beginEpoch(): void {
    if (this.#overfitStart === null) return;
    this.close();
    guarded('trainer/data', 'put the batches back to their beginning', () => this.#source.restore(this.#overfitStart));
  }

  /** The next batch; an epoch of the source that is used up is followed by the next. */
  next(): B {
    // Twice: a source restored at the very end of an epoch gives an empty rest first.
    for (let attempt = 0; attempt < 3; attempt++) {
      const { done, value } = guarded('trainer/data', 'get the next training batch', () => {
        this.#iterator ??= this.#source[Symbol.iterator]();
        return this.#iterator.next();
      });
      if (!done) return checked(value);
      this.#iterator = null;
    }
    throw new TrainerError('trainer/bad-batch', 'batches: expected at least one batch in an epoch; found none.');
  }

  close(): void {
    const iterator = this.#iterator;
    this.#iterator = null;
    guarded('trainer/data', 'end the training batches', () => iterator?.return?.());
  }
}

function checked<B extends TrainBatch>(batch: B): B {
  if (Number.isInteger(batch?.size) && batch.size >= 1) return batch;
  throw new TrainerError(
    'trainer/bad-batch',
    `Expected a batch with a whole number of windows >= 1 as size; found ${batch?.size}.`,
    { size: batch?.size },
  );
}
