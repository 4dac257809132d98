import { seriesFromArrays, type Windows, windows } from '@nt/data';
import { describe, expect, it } from 'vitest';
import { windowScales } from '../src/combine/window-scales.ts';
import {
  conformal,
  conformalFromJson,
  ensemble,
  evaluate,
  naive,
  type Predictor,
  rulePredictor,
  seasonalNaive,
} from '../src/index.ts';

/** A daily series of 20 weeks whose noise grows fivefold in the second half; repeatable, no library. */
let state = 12345;
const uniform = (): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const values = Array.from(
  { length: 700 },
  (_, t) => 50 + 10 * Math.sin((2 * Math.PI * t) / 7) + (t < 350 ? 1 : 5) * (uniform() - 0.5),
);
const set = seriesFromArrays([{ id: 'a', values, start: '2026-01-01' }], { frequency: 'day' });
const between = (start: number, end: number): Windows =>
  windows(set, { inputSize: 14, horizon: 3, ranges: { starts: Float64Array.of(start), ends: Float64Array.of(end) } });

describe('conformal', () => {
  it('covers as often as it says where times are as those of the calibration', async () => {
    const calibrated = await conformal(seasonalNaive(3, 7), between(400, 560), { method: 'split' });
    const [row] = (await evaluate([calibrated], between(560, 700), { levels: [80, 95] })).rows;
    const [narrow, wide] = row!.intervals;
    expect(narrow!.coverage).toBeGreaterThan(0.7);
    expect(narrow!.coverage).toBeLessThan(0.9);
    expect(wide!.coverage).toBeGreaterThan(0.9);
    expect(wide!.width).toBeGreaterThan(narrow!.width);
  });

  it('scaled keeps that in wilder times, split does not', async () => {
    const calm = between(100, 340);
    const wild = between(450, 700);
    const covers = async (method: 'scaled' | 'split'): Promise<number> => {
      const calibrated = await conformal(seasonalNaive(3, 7), calm, { method });
      return (await evaluate([calibrated], wild, { levels: [80] })).rows[0]!.intervals[0]!.coverage;
    };
    expect(await covers('split')).toBeLessThan(0.5);
    expect(await covers('scaled')).toBeGreaterThan(0.7);
    expect(Math.max(...windowScales(calm, 7)) * 3).toBeLessThan(Math.min(...windowScales(wild, 7)));
  });

  it('comes back from its JSON with the same intervals', async () => {
    for (const method of ['scaled', 'split'] as const) {
      const calibrated = await conformal(naive(3), between(300, 500), { method });
      const copy = conformalFromJson(naive(3), JSON.parse(JSON.stringify(calibrated.calibration)));
      const asked = { levels: [90] };
      expect(await copy.predict(set, asked)).toEqual(await calibrated.predict(set, asked));
    }
    expect(() => conformalFromJson(naive(3), { kind: 'split', seasonLength: 7, errors: {} as never })).toThrow(
      /damaged/,
    );
  });

  it('of few windows says which intervals they allow, is judged by those, and refuses wider ones', async () => {
    // Seven windows: 7 of 8, which is 87.5 %.
    const calibrated = await conformal(naive(3), between(400, 409), { method: 'split' });
    expect(calibrated.highestLevel).toBe(87.5);
    const { rows } = await evaluate([calibrated], between(560, 700));
    expect(rows[0]!.intervals.map(({ level }) => level)).toEqual([80]);
    await expect(calibrated.predict(set, { levels: [87.5] })).resolves.toBeDefined();
    await expect(calibrated.predict(set, { levels: [80, 95] })).rejects.toThrow(/intervals of at most 87 %.*0\.975/);
  });

  it.each([
    [{ method: 'none' }, /method: expected one of scaled, split, quantiles/],
    [{ method: 'quantiles' }, /naive gives no quantiles/],
    [{ level: 80 }, /no conformal option 'level'; did you mean 'levels'/],
    [{ seasonLength: 0 }, /seasonLength/],
  ])('%j is refused', async (options, message) => {
    await expect(conformal(naive(3), between(300, 500), options as never)).rejects.toThrow(message);
  });

  it('too few windows for a level are an error that says how many it takes', async () => {
    const calibrated = await conformal(naive(3), between(300, 312));
    await expect(calibrated.predict(set, { levels: [95] })).rejects.toThrow(/needs 19 calibration values/);
    await expect(calibrated.predict(set, { levels: [80] })).resolves.toBeDefined();
  });
});

describe('ensemble', () => {
  const fixed = (value: number) => rulePredictor(`${value}`, 3, () => [value, value, value]);
  const pointOf = async (members: readonly number[], options: object = {}): Promise<number> =>
    (await ensemble(members.map(fixed), options).predict(set)).series[0]!.values[0]!;

  it('is the mean, a weighted mean, or the median', async () => {
    expect(await pointOf([1, 2, 9])).toBe(4);
    expect(await pointOf([1, 2, 9], { weights: [1, 1, 0] })).toBe(1.5);
    expect(await pointOf([1, 2, 9], { combine: 'median' })).toBe(2);
    expect(await pointOf([1, 2, 9, 10], { combine: 'median' })).toBe(5.5);
  });

  it('gives the quantiles that all members give', async () => {
    const one = await conformal(fixed(10), between(300, 500));
    const both = ensemble([one, await conformal(fixed(20), between(300, 500))]);
    expect(both.quantiles).toBe('any');
    const [single] = (await one.predict(set, { levels: [80] })).series;
    const [joint] = (await both.predict(set, { levels: [80] })).series;
    expect(joint!.values[0]).toBe(15);
    expect(joint!.intervals[0]!.upper[0]).toBeGreaterThan(joint!.values[0]!);
    expect(single!.intervals[0]!.upper[0]).not.toBe(joint!.intervals[0]!.upper[0]);
    expect(ensemble([one, naive(3)]).quantiles).toEqual([]);
  });

  it('gives no level that a member cannot give, whichever members say what they can', async () => {
    // Seven windows allow 87.5 %, sixteen of overlapping ones 94 %.
    const few = await conformal(fixed(10), between(400, 409), { method: 'split' });
    const more = await conformal(fixed(20), between(400, 418), { method: 'split' });
    const all = await conformal(fixed(30), between(300, 560), { method: 'split' });
    const list: Predictor = { ...all, quantiles: [0.025, 0.1, 0.9, 0.975], highestLevel: undefined };
    for (const members of [
      [few, more, all],
      [all, few],
      [ensemble([few, all]), all],
    ]) {
      const both = ensemble(members);
      expect(both.highestLevel).toBe(87.5);
      const { rows } = await evaluate([both], between(560, 700));
      expect(rows[0]!.intervals.map(({ level }) => level)).toEqual([80]);
      await expect(both.predict(set, { levels: [95] })).rejects.toThrow(/^ensemble of \d .*intervals of at most 87 %/);
    }
    expect(ensemble([fixed(1), few]).highestLevel).toBeUndefined();
    for (const members of [
      [few, list],
      [list, few],
    ]) {
      const both = ensemble(members);
      expect([both.quantiles, both.highestLevel]).toEqual([[0.1, 0.9], undefined]);
      expect((await evaluate([both], between(560, 700))).rows[0]!.intervals.map(({ level }) => level)).toEqual([80]);
    }
    expect(ensemble([list, all]).quantiles).toEqual([0.025, 0.1, 0.9, 0.975]);
  });

  it.each([
    [[], {}, /members: expected at least one/],
    [[naive(3), naive(4)], {}, /of one horizon/],
    [[naive(3)], { weights: [1, 1] }, /1 numbers >= 0/],
    [[naive(3)], { weights: [0] }, /not all 0/],
    [[naive(3)], { combine: 'mode' }, /combine/],
    [[naive(3)], { combine: 'median', weights: [1] }, /none with median/],
  ] as const)('refuses %j with %j', (members, options, message) => {
    expect(() => ensemble(members, options as never)).toThrow(message);
  });
});
