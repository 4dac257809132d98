import type { RandomKey } from '../../random/random-key.ts';
import type { ConformanceCase, ValuesCase } from '../conformance-case.ts';

function randomCase(fact: string, shape: readonly number[], key: RandomKey, expected?: readonly number[]): ValuesCase {
  return {
    kind: 'random',
    name: `randomUniform/${fact}`,
    members: ['randomUniform'],
    inputs: [],
    compute: (ops) => ops.randomUniform(shape, key),
    slack: 0,
    ...(expected ? { expected: [expected] } : {}),
  };
}

// Random123's known answer for a counter and a key of zeros, its upper 24 bits as a fraction.
const zeros = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8].map((integer) => (integer >>> 8) / 2 ** 24);

/** The same numbers on every engine, to the bit. */
export const randomCases: readonly ConformanceCase[] = [
  randomCase('known answer of Random123: counter and key of zeros', [4], { seed: 0, counter: 0 }, zeros),
  randomCase('a scalar', [], { seed: 1, counter: 2 }),
  randomCase('a last block that is not full', [3, 5, 7], { seed: 7, counter: 1 }),
  randomCase('many blocks', [1031], { seed: 42, counter: 12345 }),
  randomCase('the upper halves of seed and counter count', [9], { seed: 2 ** 53 - 1, counter: 2 ** 52 + 3 }),
  {
    kind: 'random',
    name: 'randomUniform/neighbouring keys differ, equal keys agree',
    members: ['randomUniform'],
    inputs: [],
    slack: 0,
    compute: (ops) =>
      [
        [1, 0],
        [1, 0],
        [2, 0],
        [1, 1],
      ].map(([seed, counter]) => ops.randomUniform([6], { seed: seed!, counter: counter! })),
  },
];
