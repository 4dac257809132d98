import { describe, expect, it } from 'vitest';
import { without } from './roll-equations.ts';

const runs = (...pairs: readonly (readonly [number, number])[]) => pairs.map(([first, end]) => ({ first, end }));

describe('without', () => {
  it.each([
    ['nothing in common', runs([0, 5]), runs([5, 9]), runs([0, 5])],
    ['all in common', runs([2, 5]), runs([0, 9]), []],
    ['the middle', runs([0, 9]), runs([3, 5]), runs([0, 3], [5, 9])],
    ['several holes', runs([0, 9], [20, 30]), runs([1, 2], [4, 22], [29, 40]), runs([0, 1], [2, 4], [22, 29])],
    ['no others', runs([0, 2], [4, 6]), [], runs([0, 2], [4, 6])],
  ])('%s', (_, some, others, left) => {
    expect(without(some, others)).toEqual(left);
  });
});
