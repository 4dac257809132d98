import { describe, expect, it } from 'vitest';
import {
  batches,
  fitScaler,
  type ScalerKind,
  type SeriesSet,
  type StepRanges,
  seriesFromArrays,
  splitByTime,
  windows,
} from '../src/index.ts';
import { errorOf, ramp } from './support/bytes.ts';

const sizes = { inputSize: 6, horizon: 3 };
const panel = (tail: number) =>
  seriesFromArrays(
    [100, 80].map((length, series) => ({
      id: `s${series}`,
      start: '2020-01-01',
      values: ramp(length, 1 + series * 1000).map((value, step) => (step < length * 0.7 ? value : value + tail)),
      historic: { h: ramp(length, 5).map((value, step) => (step < length * 0.7 ? value : value * tail)) },
    })),
    { frequency: 'day' },
  );

function targets(set: SeriesSet, ranges: StepRanges, strict = false): Set<string> {
  const seen = new Set<string>();
  for (const batch of batches(windows(set, { ...sizes, ranges, strict }), { batchSize: 8 })) {
    for (let slot = 0; slot < batch.size; slot++)
      for (let k = 0; k < 3; k++) seen.add(`${batch.series[slot]}:${batch.origins[slot]! + k}`);
  }
  return seen;
}

describe('no leakage', () => {
  it('no target is in two parts, and all parts together have all targets but the first inputs', () => {
    const set = panel(0);
    const { train, validation, test } = splitByTime(set, { validation: 0.1, test: 0.2 });
    const [a, b, c] = [targets(set, train), targets(set, validation), targets(set, test)];
    expect([...a, ...b, ...c].length).toBe(new Set([...a, ...b, ...c]).size);
    expect(a.size + b.size + c.size).toBe(100 + 80 - 2 * 6);
  });

  it('would be noticed if windows were shuffled before the cut, as the earlier system did', () => {
    const set = panel(0);
    const all = windows(set, sizes);
    const shuffled = [...batches(all, { batchSize: all.count, shuffle: true, seed: 1 })][0]!;
    const targetsOf = (from: number, to: number) => {
      const seen = new Set<string>();
      for (let slot = from; slot < to; slot++)
        for (let k = 0; k < 3; k++) seen.add(`${shuffled.series[slot]}:${shuffled.origins[slot]! + k}`);
      return seen;
    };
    const cut = Math.floor(all.count * 0.8);
    const [train, validation] = [targetsOf(0, cut), targetsOf(cut, all.count)];
    expect([...validation].filter((target) => train.has(target)).length).toBeGreaterThan(0);
  });

  it.each(['standard', 'robust', 'minmax', 'log', 'arcsinh', 'boxcox'] as const)(
    'a %s scaler does not change when everything after the train part does',
    (kind: ScalerKind) => {
      const fit = (tail: number, options: object = {}) => {
        const set = panel(tail);
        return JSON.stringify(
          fitScaler(set, { kind, ranges: splitByTime(set, { validation: 0.1, test: 0.2 }).train, ...options }).toJson(),
        );
      };
      expect(fit(1e6)).toBe(fit(0));
      expect(fit(1e6, { scope: 'global' })).toBe(fit(0, { scope: 'global' }));
    },
  );

  it('a scaler fitted on train and validation differs, so the test above can fail', () => {
    const set = panel(50);
    const split = splitByTime(set, { validation: 0.1, test: 0.2 });
    const wrong = { starts: split.train.starts, ends: split.validation.ends };
    const json = (ranges: StepRanges) => JSON.stringify(fitScaler(set, { kind: 'standard', ranges }).toJson());
    expect(json(wrong)).not.toBe(json(split.train));
  });

  it('no window crosses the seam between series', () => {
    for (const batch of batches(windows(panel(0), sizes), { batchSize: 16 })) {
      for (let slot = 0; slot < batch.size; slot++) {
        const values = [
          ...batch.input.subarray(slot * 6, slot * 6 + 6),
          ...batch.target.subarray(slot * 3, slot * 3 + 3),
        ];
        expect(new Set(values.map((value) => value >= 1000)).size).toBe(1);
      }
    }
  });

  it('historic covariates end where the target begins, future ones at its end', () => {
    const set = seriesFromArrays([{ id: 'a', values: ramp(30), historic: { h: ramp(30) }, future: { f: ramp(30) } }]);
    for (const batch of batches(windows(set, sizes), { batchSize: 64 })) {
      for (let slot = 0; slot < batch.size; slot++) {
        const origin = batch.origins[slot]!;
        expect([...batch.historic!.subarray(slot * 6, slot * 6 + 6)]).toEqual([...ramp(6, origin - 6)]);
        expect([...batch.future!.subarray(slot * 9, slot * 9 + 9)]).toEqual([...ramp(9, origin - 6)]);
      }
    }
  });
});

describe('splitByTime', () => {
  const one = seriesFromArrays([{ id: 'a', start: '2020-01-01', values: ramp(100) }], { frequency: 'day' });
  const parts = (options: Parameters<typeof splitByTime>[1]) => {
    const split = splitByTime(one, options);
    return [split.train, split.validation, split.test].map((part) => [part.starts[0], part.ends[0]]);
  };

  it.each([
    [
      'fractions',
      { validation: 0.1, test: 0.2 },
      [
        [0, 70],
        [70, 80],
        [80, 100],
      ],
    ],
    [
      'lengths',
      { validation: 12, test: 24 },
      [
        [0, 64],
        [64, 76],
        [76, 100],
      ],
    ],
    [
      'dates',
      { validation: '2020-03-01', test: '2020-03-31' },
      [
        [0, 60],
        [60, 90],
        [90, 100],
      ],
    ],
    [
      'a train length',
      { train: 50, validation: 20, test: 10 },
      [
        [0, 50],
        [50, 70],
        [70, 80],
      ],
    ],
    [
      'a gap',
      { validation: 0.1, test: 0.2, gap: 3 },
      [
        [0, 67],
        [70, 77],
        [80, 100],
      ],
    ],
    [
      'nothing',
      {},
      [
        [0, 100],
        [100, 100],
        [100, 100],
      ],
    ],
  ])('splits by %s', (_, options, expected) => {
    expect(parts(options)).toEqual(expected);
  });

  it('strict keeps inputs inside the part', () => {
    const split = splitByTime(one, { test: 20, strict: true });
    expect(windows(one, { ...sizes, ranges: split.test, strict: split.strict }).count).toBe(20 - 9 + 1);
    expect(windows(one, { ...sizes, ranges: split.test }).count).toBe(20 - 3 + 1);
  });

  it('refuses sizes that make no sense and data that are too short', async () => {
    expect((await errorOf(() => splitByTime(one, { validation: 0.5, test: 0.5 }))).message).toMatch(
      /validation \+ test must be below 1/,
    );
    expect((await errorOf(() => splitByTime(one, { test: -1 }))).code).toBe('data/bad-option');
    expect((await errorOf(() => splitByTime(one, { test: 'soon' }))).code).toBe('data/bad-time');
    expect((await errorOf(() => splitByTime(one, { test: 90, inputSize: 8, horizon: 3 }))).message).toMatch(
      /the training part has at most 10 time steps .* a window needs 11/,
    );
    expect((await errorOf(() => windows(one, { inputSize: 168, horizon: 24 }))).message).toMatch(
      /no window of 168 \+ 24 time steps fits: the longest series \('a'\) has 100/,
    );
  });
});
