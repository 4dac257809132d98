import { describe, expect, it } from 'vitest';
import { isBetter } from './evidence.ts';

const errors = (blocks: readonly number[], size: number): Float64Array =>
  Float64Array.from({ length: blocks.length * size }, (_, i) => blocks[Math.floor(i / size)]!);

describe('isBetter', () => {
  const others = errors([10, 10, 10, 10, 10, 10], 4);

  it.each([
    ['a gain in every block', [9, 9.1, 8.9, 9, 9.2, 8.8], true],
    ['a gain that one block makes', [10, 10, 10, 10, 10, 1], false],
    ['a loss', [11, 11, 11, 11, 11, 11], false],
    ['no difference', [10, 10, 10, 10, 10, 10], false],
  ])('%s', (_, blocks, expected) => {
    expect(isBetter(errors(blocks, 4), others, 4)).toBe(expected);
  });

  it('needs two blocks: neighbouring windows share their targets', () => {
    expect(isBetter(errors([1], 4), errors([10], 4), 4)).toBe(false);
    expect(isBetter(errors([1, 1.1], 4), errors([10, 10], 4), 4)).toBe(true);
  });
});
