import { describe, expect, it } from 'vitest';
import {
  fitScaler,
  type JsonValue,
  type ScalerKind,
  scalerFromJson,
  seriesFromArrays,
  splitByTime,
} from '../src/index.ts';
import { errorOf } from './support/bytes.ts';

const moving = Float64Array.from({ length: 20 }, (_, step) => 100 + 10 * Math.sin(step));
const constants = [42.5, 2e-6, 0, -7, 1e12, 0.1, 1e-300];
const kinds: readonly ScalerKind[] = ['none', 'standard', 'robust', 'minmax', 'log', 'arcsinh', 'boxcox'];
const cases = kinds.flatMap((kind) =>
  (['series', 'global'] as const).flatMap((scope) =>
    constants
      .filter((value) => value > 0 || (kind !== 'log' && kind !== 'boxcox'))
      .map((value) => ({ kind, scope, value })),
  ),
);

describe('a constant series', () => {
  it.each(cases)('of $value comes back as it is: $kind, $scope', ({ kind, scope, value }) => {
    const set = seriesFromArrays([
      { id: 'live', values: moving },
      { id: 'pegged', values: new Array(20).fill(value) },
    ]);
    const fitted = fitScaler(set, { kind, scope, ranges: splitByTime(set).train });
    for (const scaler of [fitted, scalerFromJson(JSON.parse(JSON.stringify(fitted.toJson())))]) {
      expect([...scaler.inverse([0, 0.3, -1.7, 40], 'pegged')]).toEqual([value, value, value, value]);
      expect(scaler.inverse([Number.NaN], 'pegged')[0]).toBeNaN();
      expect(new Set(scaler.inverse([0, 0.3, -1.7], 'live')).size).toBe(3);
      expect(scaler.transform(set, { precision: 'float64' }).values.every(Number.isFinite)).toBe(true);
    }
  });

  it.each(['series', 'global'] as const)('that moves later is scaled like any other from then on: %s', (scope) => {
    const early = seriesFromArrays([
      { id: 'live', values: moving },
      { id: 'pegged', values: new Array(20).fill(2e-6) },
    ]);
    const fitted = fitScaler(early, { kind: 'standard', scope, ranges: splitByTime(early).train });
    const later = seriesFromArrays([
      { id: 'live', values: moving },
      { id: 'pegged', values: [...new Array(20).fill(2e-6), 3e-6, 1e-6, 4e-6] },
    ]);
    const scaler = fitted.extend(later);
    const scaled = scaler.transform(later, { precision: 'float64' });
    const back = scaler.inverse(scaled.values.subarray(20), 'pegged');
    expect([...back].map((value, row) => Math.abs(value - later.values[20 + row]!) < 1e-9)).not.toContain(false);
    expect(scaler.inverse([0.5], 'live')).toEqual(fitted.inverse([0.5], 'live'));
    expect(fitted.extend(early)).toBe(fitted);
  });

  it('one value, or none, makes no constant', () => {
    const set = seriesFromArrays([
      { id: 'one', values: [5, Number.NaN, Number.NaN] },
      { id: 'none', values: [Number.NaN, Number.NaN, Number.NaN] },
    ]);
    const scaler = fitScaler(set, { kind: 'standard', ranges: splitByTime(set).train });
    expect([scaler.inverse([1], 'one')[0], scaler.inverse([1], 'none')[0]]).toEqual([10, 1]);
  });
});

describe('a series that was not fitted', () => {
  const set = seriesFromArrays([{ id: 'a', values: [1, 2, 3, 4] }]);
  const newer = seriesFromArrays([
    { id: 'a', values: [1, 2, 3, 4, 90] },
    { id: 'b', values: [10, 20, 30, 40, 1000] },
    { id: 'still', values: [7, 7, 7, 7, 7] },
  ]);
  const scaler = fitScaler(set, { kind: 'minmax', ranges: splitByTime(set).train });

  it('is refused untold, with what to do', async () => {
    expect([scaler.knows('a'), scaler.knows('b')]).toEqual([true, false]);
    const error = await errorOf(() => scaler.transform(newer));
    expect([error.code, error.message]).toEqual([
      'data/unknown-series',
      expect.stringMatching(/scaler\.extend\(set\)/),
    ]);
  });

  it('is fitted to its own rows, or to those that may be looked at; the others stay', () => {
    const ranges = { starts: Float64Array.of(0, 0, 0), ends: Float64Array.of(4, 4, 4) };
    const extended = scaler.extend(newer, { ranges });
    expect([...extended.transform(newer, { precision: 'float64' }).values.subarray(5, 10)]).toEqual([
      0,
      1 / 3,
      2 / 3,
      1,
      33,
    ]);
    expect([...scaler.extend(newer).inverse([1], 'b'), ...extended.inverse([0.5], 'a')]).toEqual([1000, 2.5]);
    expect([...extended.inverse([3], 'still')]).toEqual([7]);
    const saved = scalerFromJson(JSON.parse(JSON.stringify(extended.toJson())) as JsonValue);
    expect(saved.inverse([1], 'b')).toEqual(extended.inverse([1], 'b'));
  });

  it('takes the scale of all when there is one', () => {
    const global = fitScaler(set, { kind: 'minmax', scope: 'global', ranges: splitByTime(set).train });
    expect([global.knows('b'), global.extend(newer).inverse([1], 'b')[0]]).toEqual([true, 4]);
  });

  it('options are honest', async () => {
    expect((await errorOf(() => scaler.extend(newer, { range: 1 } as never))).code).toBe('data/bad-option');
    expect((await errorOf(() => scaler.transform(set, { precision: 'float16' } as never))).code).toBe(
      'data/bad-option',
    );
  });
});
