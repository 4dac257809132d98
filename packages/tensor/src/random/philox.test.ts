import { expect, it } from 'vitest';
import { philox, philoxBlock } from './philox.ts';
import { uniformValues } from './uniform-values.ts';

const ones = 0xffffffff;

// Random123 1.14, tests/kat_vectors, philox4x32 10.
it.each([
  ['zeros', [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
  ['ones', [ones, ones, ones, ones], [ones, ones], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
  [
    'digits of pi',
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
] as const)('ten rounds give the known answer of Random123: %s', (_name, counter, [keyLow, keyHigh], expected) => {
  const block = Uint32Array.from(counter);
  philoxBlock(block, keyLow, keyHigh);
  expect([...block]).toEqual(expected);
});

it('lays counter and key out as its comment says', () => {
  const key = { seed: 0x12345 * 2 ** 32 + 0x89abcdef, counter: 0x54321 * 2 ** 32 + 0xfedcba98 };
  const block = Uint32Array.of(3, 0, 0xfedcba98, 0x54321);
  philoxBlock(block, 0x89abcdef, 0x12345);
  expect([...philox(key, new Uint32Array(16)).subarray(12)]).toEqual([...block]);
});

it('can be filled in parts: block n on its own equals block n of the whole', () => {
  const key = { seed: 5, counter: 6 };
  const whole = philox(key, new Uint32Array(22));
  expect([...philox(key, new Uint32Array(4), 2)]).toEqual([...whole.subarray(8, 12)]);
  expect([...philox(key, new Uint32Array(2), 5)]).toEqual([...whole.subarray(20)]);
  expect(philox(key, new Uint32Array(0))).toHaveLength(0);
});

it('numbers beyond 2^32 blocks still differ', () => {
  const key = { seed: 0, counter: 0 };
  const far = philox(key, new Uint32Array(4), 2 ** 32);
  expect([...far]).not.toEqual([...philox(key, new Uint32Array(4))]);
});

it.each([
  ['seed', { seed: -1, counter: 0 }],
  ['seed', { seed: 2 ** 53, counter: 0 }],
  ['counter', { seed: 0, counter: 0.5 }],
  ['counter', { seed: 0, counter: Number.NaN }],
])('refuses a %s that is no integer in [0, 2^53)', (what, key) => {
  expect(() => philox(key, new Uint32Array(1))).toThrow(expect.objectContaining({ code: 'tensor/option' }));
  expect(() => philox(key, new Uint32Array(1))).toThrow(`Random ${what}: expected an integer in [0, 2^53)`);
});

it('uniformValues are multiples of 2^-24 in [0, 1), evenly spread', () => {
  const values = uniformValues(20_000, { seed: 3, counter: 9 });
  expect(values.every((u) => u >= 0 && u < 1 && Number.isInteger(u * 2 ** 24))).toBe(true);
  const counts = new Array<number>(10).fill(0);
  for (const u of values) counts[Math.floor(u * 10)]!++;
  // χ² of ten cells: 27.9 has a probability of 0.001, and the stream is fixed.
  const chiSquare = counts.reduce((total, count) => total + (count - 2000) ** 2 / 2000, 0);
  expect(chiSquare).toBeLessThan(27.9);
});
