import { TensorError } from '../tensor-error.ts';
import type { RandomKey } from './random-key.ts';

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const weyl0 = 0x9e3779b9;
const weyl1 = 0xbb67ae85;
const rounds = 10;

/**
 * Fills `out` with the integers of Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").
 *
 * Element `i` is lane `i mod 4` of the block whose 128-bit counter is `[⌊i/4⌋ low, ⌊i/4⌋ high, counter low, counter
 * high]`, under the 64-bit key `[seed low, seed high]`; low and high are the 32-bit halves of the 53-bit integers.
 * Any engine that follows this paragraph gives the same numbers; `out` may be filled in any order or in parallel.
 *
 * @throws TensorError `tensor/option` when seed or counter is not an integer in [0, 2⁵³)
 */
export function philox(key: RandomKey, out: Uint32Array, firstBlock = 0): Uint32Array {
  const [keyLow, keyHigh] = halves('seed', key.seed);
  const [counterLow, counterHigh] = halves('counter', key.counter);
  const block = new Uint32Array(4);
  for (let i = 0; i < out.length; i += 4) {
    const [indexLow, indexHigh] = halves('block', firstBlock + i / 4);
    block.set([indexLow, indexHigh, counterLow, counterHigh]);
    philoxBlock(block, keyLow, keyHigh);
    out.set(i + 4 <= out.length ? block : block.subarray(0, out.length - i), i);
  }
  return out;
}

/** Ten rounds on one block, in place: the part that Random123's known answers check. */
export function philoxBlock(block: Uint32Array, keyLow: number, keyHigh: number): void {
  let k0 = keyLow;
  let k1 = keyHigh;
  let [c0, c1, c2, c3] = block as unknown as [number, number, number, number];
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(multiplier0, c0);
    const high1 = multiplyHigh(multiplier1, c2);
    const low0 = Math.imul(multiplier0, c0) >>> 0;
    const low1 = Math.imul(multiplier1, c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + weyl0) >>> 0;
    k1 = (k1 + weyl1) >>> 0;
  }
  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

/** Upper 32 bits of a 32 × 32-bit product, from 16-bit halves (a double cannot hold 64 bits). */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = (aLow * bHigh + (middle & 0xffff)) / 0x10000;
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry)) >>> 0;
}

/** @throws TensorError `tensor/option` when seed or counter is not an integer in [0, 2⁵³) */
export function checkKey({ seed, counter }: RandomKey): void {
  halves('seed', seed);
  halves('counter', counter);
}

function halves(what: string, value: number): [low: number, high: number] {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new TensorError('tensor/option', `Random ${what}: expected an integer in [0, 2^53), got ${value}.`, {
      what,
      value,
    });
  }
  return [value >>> 0, Math.floor(value / 0x100000000)];
}
