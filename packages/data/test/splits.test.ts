import { describe, expect, it } from 'vitest';
import { seriesFromArrays, splitByTime, walkForward, windows } from '../src/index.ts';
import { errorOf, ramp } from './support/bytes.ts';

describe('splits are what their formulas say', () => {
  const lengths = [40, 25, 12, 3];
  const set = seriesFromArrays(
    lengths.map((length, series) => ({ id: `s${series}`, start: '2020-01-01', values: ramp(length) })),
    { frequency: 'day' },
  );
  const parts = (split: ReturnType<typeof splitByTime>) =>
    lengths.map((_, series) =>
      [split.train, split.validation, split.test].flatMap(({ starts, ends }) => [starts[series], ends[series]]),
    );

  it.each<[string, Parameters<typeof splitByTime>[1], readonly (readonly number[])[]]>([
    [
      'nothing',
      {},
      [
        [0, 40, 40, 40, 40, 40],
        [0, 25, 25, 25, 25, 25],
        [0, 12, 12, 12, 12, 12],
        [0, 3, 3, 3, 3, 3],
      ],
    ],
    [
      'lengths',
      { validation: 5, test: 4 },
      [
        [0, 31, 31, 36, 36, 40],
        [0, 16, 16, 21, 21, 25],
        [0, 3, 3, 8, 8, 12],
        [0, 0, 0, 0, 0, 3],
      ],
    ],
    [
      'fractions',
      { validation: 0.1, test: 0.2 },
      [
        [0, 28, 28, 32, 32, 40],
        [0, 17, 17, 20, 20, 25],
        [0, 8, 8, 10, 10, 12],
        [0, 2, 2, 3, 3, 3],
      ],
    ],
    [
      'a gap',
      { validation: 5, test: 4, gap: 2 },
      [
        [0, 29, 31, 34, 36, 40],
        [0, 14, 16, 19, 21, 25],
        [0, 1, 3, 6, 8, 12],
        [0, 0, 0, 0, 0, 3],
      ],
    ],
    [
      'a gap before nothing',
      { gap: 2 },
      [
        [0, 40, 40, 40, 40, 40],
        [0, 25, 25, 25, 25, 25],
        [0, 12, 12, 12, 12, 12],
        [0, 3, 3, 3, 3, 3],
      ],
    ],
    [
      'a gap before the validation alone',
      { validation: 5, gap: 2 },
      [
        [0, 33, 35, 40, 40, 40],
        [0, 18, 20, 25, 25, 25],
        [0, 5, 7, 12, 12, 12],
        [0, 0, 0, 3, 3, 3],
      ],
    ],
    [
      'a test fraction alone: what lies before it',
      { test: 0.3 },
      [
        [0, 28, 28, 28, 28, 40],
        [0, 18, 18, 18, 18, 25],
        [0, 9, 9, 9, 9, 12],
        [0, 3, 3, 3, 3, 3],
      ],
    ],
    [
      'a fraction and a length',
      { validation: 0.1, test: 4 },
      [
        [0, 32, 32, 36, 36, 40],
        [0, 19, 19, 21, 21, 25],
        [0, 7, 7, 8, 8, 12],
        [0, 0, 0, 0, 0, 3],
      ],
    ],
    [
      'a length and a fraction',
      { validation: 1, test: 0.1 },
      [
        [0, 35, 35, 36, 36, 40],
        [0, 22, 22, 23, 23, 25],
        [0, 10, 10, 11, 11, 12],
        [0, 2, 2, 3, 3, 3],
      ],
    ],
    [
      'a gap before the test alone',
      { test: 4, gap: 2 },
      [
        [0, 34, 36, 36, 36, 40],
        [0, 19, 21, 21, 21, 25],
        [0, 6, 8, 8, 8, 12],
        [0, 0, 0, 0, 0, 3],
      ],
    ],
    [
      'dates',
      { validation: '2020-01-11', test: '2020-01-21' },
      [
        [0, 10, 10, 20, 20, 40],
        [0, 10, 10, 20, 20, 25],
        [0, 10, 10, 12, 12, 12],
        [0, 3, 3, 3, 3, 3],
      ],
    ],
    [
      'a validation date behind the test date',
      { validation: '2020-01-30', test: '2020-01-21' },
      [
        [0, 20, 20, 20, 20, 40],
        [0, 20, 20, 20, 20, 25],
        [0, 12, 12, 12, 12, 12],
        [0, 3, 3, 3, 3, 3],
      ],
    ],
    [
      'a train length',
      { train: 10, validation: 5, test: 5 },
      [
        [0, 10, 10, 15, 15, 20],
        [0, 10, 10, 15, 15, 20],
        [0, 10, 10, 12, 12, 12],
        [0, 3, 3, 3, 3, 3],
      ],
    ],
    [
      'a test date and a length',
      { validation: 5, test: '2020-01-21' },
      [
        [0, 15, 15, 20, 20, 40],
        [0, 15, 15, 20, 20, 25],
        [0, 7, 7, 12, 12, 12],
        [0, 0, 0, 3, 3, 3],
      ],
    ],
  ])('%s', (_, options, expected) => {
    expect(parts(splitByTime(set, options))).toEqual(expected);
  });

  it('a size of 1 is one step, a date needs no train length, and strict is handed on', async () => {
    expect(parts(splitByTime(set, { validation: 1, test: 1 }))[1]).toEqual([0, 23, 23, 24, 24, 25]);
    expect([splitByTime(set).strict, splitByTime(set, { strict: true }).strict]).toEqual([false, true]);
    const wrong = [
      { validation: 0.5, test: 0.5 },
      { train: 5, test: '2020-01-21' },
      { train: 5, validation: '2020-01-21' },
    ];
    for (const options of wrong) expect((await errorOf(() => splitByTime(set, options))).code).toBe('data/bad-option');
    const both = { inputSize: 4, horizon: 2, strict: true, padInput: true };
    expect((await errorOf(() => windows(set, both))).code).toBe('data/bad-option');
  });

  it('walks forward in steps, with gaps and a validation part', () => {
    const folds = walkForward(set, { folds: 2, testSize: 4, step: 3, validation: 3, gap: 1 });
    expect(folds.map((fold) => parts(fold)[1])).toEqual([
      [0, 13, 14, 17, 18, 22],
      [0, 16, 17, 20, 21, 25],
    ]);
    // Too short for a fold: empty parts.
    expect(parts(folds[0]!)[3]).toEqual([0, 0, 0, 0, 0, 0]);
    const rolling = walkForward(set, { folds: 2, testSize: 4, mode: 'rolling', trainSize: 6 });
    expect(rolling.map((fold) => parts(fold)[2])).toEqual([
      [0, 4, 4, 4, 4, 8],
      [2, 8, 8, 8, 8, 12],
    ]);
    expect([folds[0]!.strict, walkForward(set, { folds: 1, testSize: 4, strict: true })[0]!.strict]).toEqual([
      false,
      true,
    ]);
  });

  it('says how much is needed', async () => {
    const error = await errorOf(() => walkForward(set, { folds: 5, testSize: 8, validation: 2, gap: 1 }));
    expect(error.message).toMatch(/fold 1 of 5 .* longest series has 40 time steps, 45 are needed/);
    const short = await errorOf(() => splitByTime(set, { test: 30, inputSize: 10, horizon: 2 }));
    expect(short.message).toMatch(/at most 10 time steps \(of 40 in the longest series\), a window needs 12/);
    expect(() => splitByTime(set, { test: 28, inputSize: 10, horizon: 2 })).not.toThrow();
    const asked = (options: Parameters<typeof splitByTime>[1]) => errorOf(() => splitByTime(set, options));
    expect((await asked({ test: 37, horizon: 4 })).message).toMatch(/at most 3 time steps .*, a window needs 4/);
    expect((await asked({ test: 37, inputSize: 3 })).message).toMatch(/at most 3 time steps .*, a window needs 4/);
    expect(() => splitByTime(set, { test: 37, inputSize: 2 })).not.toThrow();
    expect((await asked({ test: 40 })).code).toBe('data/too-short');
    expect(() => splitByTime(set, { test: 39 })).not.toThrow();
  });
});
