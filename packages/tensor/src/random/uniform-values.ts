import { philox } from './philox.ts';
import type { RandomKey } from './random-key.ts';

/** `count` numbers in [0, 1): the upper 24 bits of each Philox integer times 2⁻²⁴, exact in float32. */
export function uniformValues(count: number, key: RandomKey): Float32Array {
  const integers = philox(key, new Uint32Array(count));
  return Float32Array.from(integers, (integer) => (integer >>> 8) / 0x1000000);
}
