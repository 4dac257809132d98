import { describe, expect, it } from 'vitest';
import { createReferenceBackend } from './create-reference-backend.ts';
import { roundTo, type Storage } from './storage.ts';

/** Value of IEEE 754 bits with `fraction` stored fraction bits and `exponentBits` exponent bits, from the definition. */
function decode(bits: number, exponentBits: number, fraction: number): number {
  const bias = 2 ** (exponentBits - 1) - 1;
  const exponent = (bits >>> fraction) & (2 ** exponentBits - 1);
  const significand = bits & (2 ** fraction - 1);
  const sign = bits >>> (exponentBits + fraction) ? -1 : 1;
  if (exponent === 2 ** exponentBits - 1) return significand === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * significand * 2 ** (1 - bias - fraction);
  return sign * (1 + significand * 2 ** -fraction) * 2 ** (exponent - bias);
}

const formats = [
  ['float16', 5, 10],
  ['bfloat16', 8, 7],
] as const;

describe.each(formats)('%s', (storage, exponentBits, fraction) => {
  const infinityBits = (2 ** exponentBits - 1) << fraction;
  const finite = Array.from({ length: infinityBits }, (_, bits) => decode(bits, exponentBits, fraction));

  it('keeps each of its own values, subnormals and signs included', () => {
    expect(finite.filter((value) => !Object.is(roundTo(storage, value), value))).toEqual([]);
    expect(finite.filter((value) => !Object.is(roundTo(storage, -value), -value))).toEqual([]);
    for (const value of [Infinity, -Infinity, Number.NaN]) expect(roundTo(storage, value)).toBe(value);
  });

  it('rounds to the nearest between each two neighbours, ties to the even one', () => {
    const wrong = finite.slice(1).flatMap((above, i) => {
      const below = finite[i]!;
      const middle = (below + above) / 2;
      const even = i % 2 === 0 ? below : above;
      const quarter = (above - below) / 4;
      const rounded = [middle - quarter, middle, middle + quarter].map((value) => roundTo(storage, value));
      const mirrored = -roundTo(storage, -middle);
      return rounded[0] === below && rounded[1] === even && rounded[2] === above && mirrored === even ? [] : [middle];
    });
    expect(wrong).toEqual([]);
  });

  it('overflows to Infinity half a step beyond its largest number, and not before', () => {
    const largest = finite.at(-1)!;
    const half = (largest - finite.at(-2)!) / 2;
    expect(roundTo(storage, largest + half * 0.999)).toBe(largest);
    expect(roundTo(storage, largest + half)).toBe(Infinity);
    expect(roundTo(storage, -largest - half)).toBe(-Infinity);
  });
});

it.each<[Storage, number, number]>([
  ['float16', 65504, 65504],
  ['float16', 65519.99, 65504],
  ['float16', 65520, Infinity],
  ['float16', 2 ** -24, 2 ** -24],
  ['float16', 2 ** -25, 0],
  ['float16', 2 ** -25 * 1.001, 2 ** -24],
  ['float16', 3 * 2 ** -25, 2 ** -23],
  ['float16', 0.1, 0.0999755859375],
  ['float16', 2049, 2048],
  ['float16', 2051, 2052],
  ['bfloat16', 0.1, 0.10009765625],
  ['bfloat16', 257, 256],
  ['bfloat16', 259, 260],
  ['bfloat16', 3.3895313892515355e38, 3.3895313892515355e38],
  ['bfloat16', 3.4e38, Infinity],
  ['bfloat16', 2 ** -133, 2 ** -133],
  ['bfloat16', 2 ** -134, 0],
  ['float32', 0.1, Math.fround(0.1)],
  ['float32', 3.5e38, Infinity],
  ['float64', 0.1, 0.1],
])('as %s, %d is %d', (storage, value, expected) => {
  expect(roundTo(storage, value)).toBe(expected);
});

it('a reference with small storage rounds after each operation, but not its int32 tensors', () => {
  const { ops } = createReferenceBackend({ storage: 'bfloat16' });
  const sum = ops.add(ops.tensor([256], [1]), ops.tensor([1], [1]));
  expect([...sum.values]).toEqual([256]);
  expect([...ops.tensor([257], [1], 'int32').values]).toEqual([257]);
  const { ops: half } = createReferenceBackend({ storage: 'float16' });
  expect([...half.exp(half.tensor([12], [1])).values]).toEqual([Infinity]);
});

it('gradients of a reference with small storage are those of exact arithmetic, rounded once', () => {
  const { ops } = createReferenceBackend({ storage: 'float16' });
  const variable = ops.variable(ops.tensor([3], [1]), { name: 'x' });
  const { grads } = ops.variableGrads(() => ops.sum(ops.mul(variable, variable)), [variable]);
  expect([...grads['x']!.values]).toEqual([6]);
});
