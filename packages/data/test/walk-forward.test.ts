import { describe, expect, it } from 'vitest';
import { seriesFromArrays, walkForward, windows } from '../src/index.ts';
import { errorOf, ramp } from './support/bytes.ts';

const sizes = { inputSize: 6, horizon: 3 };
describe('walkForward', () => {
  const one = seriesFromArrays([{ id: 'a', values: ramp(100) }]);
  const parts = (options: Parameters<typeof walkForward>[1]) =>
    walkForward(one, options).map(({ train, validation, test }) =>
      [train, validation, test].map((part) => [part.starts[0], part.ends[0]]),
    );

  it('expands or rolls, with touching test parts that end with the series', () => {
    expect(parts({ folds: 2, testSize: 10 })).toEqual([
      [
        [0, 80],
        [80, 80],
        [80, 90],
      ],
      [
        [0, 90],
        [90, 90],
        [90, 100],
      ],
    ]);
    expect(parts({ folds: 2, testSize: 10, mode: 'rolling', trainSize: 30 }).map(([train]) => train)).toEqual([
      [50, 80],
      [60, 90],
    ]);
    expect(parts({ folds: 2, testSize: 10, step: 5, validation: 8, gap: 2 })[1]).toEqual([
      [0, 78],
      [80, 88],
      [90, 100],
    ]);
  });

  it('says what a fold would need', async () => {
    expect((await errorOf(() => walkForward(one, { folds: 10, testSize: 10 }))).message).toMatch(
      /fold 1 of 10 has no training steps: the longest series has 100 time steps, 101 are needed/,
    );
    expect((await errorOf(() => walkForward(one, { folds: 1, testSize: 1, mode: 'rolling' }))).message).toMatch(
      /trainSize/,
    );
  });

  const cut = (options: Parameters<typeof walkForward>[1], fold: number) => {
    const { train, validation, embargoed, unused } = walkForward(one, options)[fold]!;
    const of = ({ starts, ends }: { starts: Float64Array; ends: Float64Array }) => [starts[0], ends[0]];
    return { train: of(train), validation: of(validation), embargoed: embargoed.map(of), unused };
  };

  it('a gap moves a rolling part back, a purge makes it smaller and counts from the part that follows', () => {
    const rolling = { folds: 2, testSize: 10, mode: 'rolling', trainSize: 30 } as const;
    expect(cut({ ...rolling, gap: 4 }, 1)).toMatchObject({ train: [56, 86], unused: { gap: 4, purge: 0 } });
    expect(cut({ ...rolling, purge: 4 }, 1)).toMatchObject({ train: [60, 86], unused: { gap: 0, purge: 4 } });
    expect(cut({ ...rolling, gap: 3, purge: 4 }, 1)).toMatchObject({ train: [57, 86], unused: { gap: 3, purge: 1 } });
    expect(cut({ ...rolling, gap: 5, purge: 4 }, 1)).toMatchObject({ train: [55, 85], unused: { gap: 5, purge: 0 } });
    const validated = cut({ folds: 2, testSize: 10, validation: 8, purge: 3 }, 1);
    expect(validated).toMatchObject({ train: [0, 79], validation: [82, 87], unused: { purge: 6 } });
  });

  it('an embargo lies behind earlier test parts, within the training part, and is counted once', () => {
    const options = { folds: 4, testSize: 10, embargo: 3 };
    expect(cut(options, 0).embargoed).toEqual([]);
    expect(cut(options, 3)).toMatchObject({
      train: [0, 90],
      embargoed: [
        [70, 73],
        [80, 83],
        [90, 90],
      ],
      unused: { embargo: 6 },
    });
    expect(cut({ ...options, embargo: 25 }, 3)).toMatchObject({ unused: { embargo: 20 } });
    expect(cut({ ...options, mode: 'rolling', trainSize: 18 }, 3).embargoed[0]).toEqual([72, 73]);
  });

  it('windows keep their targets out of an embargo, inputs may cross it', () => {
    const fold = walkForward(one, { folds: 3, testSize: 10, embargo: 3 })[2]!;
    const { count, locate } = windows(one, { ...sizes, ranges: fold.train, except: fold.embargoed });
    const targets = new Set<number>();
    for (let w = 0; w < count; w++) for (let h = 0; h < sizes.horizon; h++) targets.add(locate(w).origin + h);
    const all = Array.from({ length: 90 - sizes.inputSize }, (_, i) => sizes.inputSize + i);
    expect([...targets].sort((a, b) => a - b)).toEqual(all.filter((step) => step < 80 || step >= 83));
    const everything = [{ starts: Float64Array.of(0), ends: Float64Array.of(100) }];
    expect(() => windows(one, { ...sizes, except: everything })).toThrow(/leave none of/);
  });

  it('refuses a purge that leaves nothing', async () => {
    const folds = { folds: 2, testSize: 10 };
    expect((await errorOf(() => walkForward(one, { ...folds, validation: 4, purge: 4 }))).message).toMatch(
      /purge must be below 4, so that some validation is left/,
    );
    expect(
      (await errorOf(() => walkForward(one, { ...folds, mode: 'rolling', trainSize: 5, purge: 5 }))).message,
    ).toMatch(/so that some training is left/);
    expect((await errorOf(() => walkForward(one, { ...folds, purge: 95 }))).message).toMatch(/116 are needed/);
    expect((await errorOf(() => walkForward(one, { ...folds, embargo: -1 }))).code).toBe('data/bad-option');
  });
});
