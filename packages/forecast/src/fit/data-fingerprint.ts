import type { SeriesSet } from '@nt/data';
import type { Json } from '@nt/tensor';

/** Enough of a data set to tell on resume that it is another one: sizes and a 32-bit FNV-1a hash of its values. */
export function dataFingerprint(set: SeriesSet): Json {
  const bytes = new Uint8Array(set.values.buffer, set.values.byteOffset, set.values.byteLength);
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return { series: set.ids.length, values: set.values.length, hash: (hash >>> 0).toString(16).padStart(8, '0') };
}
