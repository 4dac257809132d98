import type { Batch } from '../batches/batch.ts';
import type { Covariates, SeriesSet } from '../series/series-set.ts';

/**
 * The same set with its numbers in shared memory, which `prefetchBatches` gives to its worker as they are. A set whose
 * numbers are elsewhere is copied for the worker; with this one, and the other let go, they are in memory once.
 */
export function shareSeries(set: SeriesSet): SeriesSet {
  const covariates = (one: Covariates | null): Covariates | null => one && { ...one, values: shareArray(one.values) };
  return {
    ...set,
    offsets: shareArray(set.offsets),
    lengths: shareArray(set.lengths),
    contextOffsets: shareArray(set.contextOffsets),
    values: shareArray(set.values),
    available: set.available && shareArray(set.available),
    historic: covariates(set.historic),
    future: covariates(set.future),
    static: covariates(set.static),
  };
}

/** A batch with all of its arrays in shared memory. */
export function shareBatch(batch: Batch): Batch {
  const fields = Object.entries(batch).map(([key, value]) => [
    key,
    ArrayBuffer.isView(value) ? shareArray(value as Float32Array) : value,
  ]);
  return Object.fromEntries(fields) as Batch;
}

type NumberArray = Float64Array | Float32Array | Int32Array | Uint8Array;

function shareArray<T extends NumberArray>(array: T): T {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const shared = new (array.constructor as new (buffer: SharedArrayBuffer) => T)(
    new SharedArrayBuffer(array.byteLength),
  );
  shared.set(array);
  return shared;
}
