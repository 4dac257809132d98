import { describe, expect, it } from 'vitest';
import { permutation } from '../src/random/permutation.ts';
import { ramp } from './support/bytes.ts';

describe('permutation', () => {
  it.each([1, 2, 3, 10, 1000])('of %i is one, listed or computed', (count) => {
    for (const limit of [1e9, 0]) {
      const at = permutation(count, 5, [3], limit);
      expect(Array.from({ length: count }, (_, k) => at(k)).sort((x, y) => x - y)).toEqual([...ramp(count)]);
    }
  });

  it('spreads windows evenly over positions', () => {
    for (const limit of [1e9, 0]) {
      const hits = new Float64Array(5);
      for (let epoch = 0; epoch < 5000; epoch++) hits[permutation(5, 11, [epoch], limit)(0)]!++;
      for (const hit of hits) expect(Math.abs(hit - 1000)).toBeLessThan(150);
    }
  });
});
