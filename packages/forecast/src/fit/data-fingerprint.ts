import type { SeriesSet, TimeSplit } from '@nt/data';
import type { Json, NamedArrays } from '@nt/tensor';

/** Enough of a data set to tell on resume that it is another one: sizes and a hash of its values. */
export function dataFingerprint(set: SeriesSet): Json {
  return { series: set.ids.length, values: set.values.length, hash: hash([set.values]) };
}

/** Enough of parts that were made elsewhere to tell on resume that they are others: those of another fold. */
export function splitFingerprint({ train, validation, test, embargoed = [] }: TimeSplit): string {
  return hash([train, validation, test, ...embargoed].flatMap(({ starts, ends }) => [starts, ends]));
}

/** Enough of a network's weights to tell on resume that others were there at the start. */
export const weightsFingerprint = (weights: NamedArrays): string =>
  hash(Object.values(weights).map(({ data }) => data as ArrayBufferView));

/** 32-bit FNV-1a of all bytes, in hexadecimal. */
export function hash(arrays: readonly ArrayBufferView[]): string {
  let value = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) value = Math.imul(value ^ byte, 0x01000193);
  }
  return (value >>> 0).toString(16).padStart(8, '0');
}
