import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/**
 * The generator that belongs to a seed and a path of numbers (epoch, purpose, window …). Every path has a generator of
 * its own, so that nothing depends on how many numbers another path has drawn.
 */
export function seededRandom(seed: number, ...path: readonly number[]): RandomGenerator {
  const state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x71374491];
  for (const part of [seed, ...path]) {
    const low = part | 0;
    const high = Math.floor(part / 4294967296) | 0;
    for (let k = 0; k < 4; k++)
      state[k] = mix(state[k]! ^ mix(low + Math.imul(k + 1, 0x9e3779b9)) ^ mix(high ^ (k * 0x85ebca6b)));
  }
  return xoroshiro128plusFromState(state);
}

/** Spreads every bit of a 32-bit number over all others (finaliser of MurmurHash3). */
export function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
