import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mix, seededRandom } from './seeded-random.ts';

/** Above this many windows (16 MiB of numbers) a permutation is computed by position and needs no memory. */
export const largestListedPermutation: number = 1 << 22;

/**
 * A permutation of 0 … count − 1 that belongs to a seed and a path (epoch …), as a function of the position.
 * Up to `listLimit` it is a Fisher–Yates shuffle; above, a Feistel network with cycle walking.
 */
export function permutation(
  count: number,
  seed: number,
  path: readonly number[],
  listLimit: number = largestListedPermutation,
): (position: number) => number {
  return count <= listLimit ? shuffledList(count, seed, path) : feistelPermutation(count, seed, path);
}

function shuffledList(count: number, seed: number, path: readonly number[]): (position: number) => number {
  const random = seededRandom(seed, ...path);
  const list = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    const other = uniformInt(random, 0, k);
    list[k] = list[other]!;
    list[other] = k;
  }
  return (position) => list[position]!;
}

const rounds = 6;

/**
 * Two halves of the index are mixed in turn by keyed rounds, which is a permutation of the next even power of two;
 * results outside the range are mixed again until they fall inside (fewer than four times on average).
 */
function feistelPermutation(count: number, seed: number, path: readonly number[]): (position: number) => number {
  const random = seededRandom(seed, ...path);
  const keys = Int32Array.from({ length: rounds }, () => random.next());
  const halfBits = Math.max(1, Math.ceil(Math.ceil(Math.log2(count)) / 2));
  const half = 2 ** halfBits;
  const mask = half - 1;
  // Up to 2^30 whole-number operations do, which are several times as fast.
  const isSmall = halfBits <= 15;
  return (position) => {
    let index = position;
    do {
      let left = isSmall ? index >>> halfBits : Math.floor(index / half);
      let right = isSmall ? index & mask : index % half;
      for (let round = 0; round < rounds; round++) {
        const next = (left ^ (mix(right ^ keys[round]!) & mask)) >>> 0;
        left = right;
        right = next;
      }
      index = isSmall ? (left << halfBits) | right : left * half + right;
    } while (index >= count);
    return index;
  };
}
