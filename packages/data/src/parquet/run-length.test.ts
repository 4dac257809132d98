import { describe, expect, it } from 'vitest';
import { decodeRuns, isOneRun } from './run-length.ts';

const decode = (bytes: readonly number[], width: number, count: number) => {
  const out = new Int32Array(count + 2).fill(-9);
  decodeRuns(Uint8Array.from(bytes), 0, bytes.length, width, out, count);
  expect([...out.subarray(count)]).toEqual([-9, -9]);
  return [...out.subarray(0, count)];
};

describe('decodeRuns', () => {
  it('reads the example of the format: 0 to 7 in three bits', () => {
    expect(decode([3, 0b10001000, 0b11000110, 0b11111010], 3, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('reads runs of any width and a run that is longer than the page needs', () => {
    expect(decode([6, 0x34, 0x12, 200, 1, 5, 0], 13, 5)).toEqual([0x1234, 0x1234, 0x1234, 5, 5]);
  });

  it('reads packed codes that are cut off behind the last value', () => {
    expect(decode([3, 2, 88, 254, 7], 9, 3)).toEqual([2, 300, 511]);
  });

  it('reads codes of no bits as zeros', () => {
    expect(decode([], 0, 3)).toEqual([0, 0, 0]);
  });

  it.each<[string, number[], number]>([
    ['no bytes', [], 1],
    ['a run of none for ever', Array.from({ length: 50 }, (_, k) => (k % 2 ? 1 : 0)), 1],
    ['a count that never ends', [255, 255, 255, 255, 255, 255, 255, 255], 1],
    ['a run without its value', [20], 8],
    ['packed codes without their bytes', [7, 1, 2], 8],
    ['codes of 32 bits', [2, 1, 1, 1, 1], 32],
  ])('refuses %s', (_, bytes, width) => {
    expect(() => decode(bytes, width, 10)).toThrow(/codes/);
  });
});

it('isOneRun knows a page without empty cells by its first run', () => {
  const isRun = (bytes: number[], count: number) => isOneRun(Uint8Array.from(bytes), 0, bytes.length, 1, count);
  expect([isRun([20, 1], 10), isRun([18, 1], 10), isRun([20, 0], 10), isRun([21, 1], 10), isRun([20], 10)]).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(isRun([144, 78, 1], 5000)).toBe(true);
});
