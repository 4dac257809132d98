import { describe, expect, it } from 'vitest';
import {
  fitScaler,
  type JsonValue,
  readCsv,
  type ScalerKind,
  scalerFromJson,
  seriesFromArrays,
  splitByTime,
} from '../src/index.ts';
import { boxCoxLambda } from '../src/scale/box-cox.ts';
import { bytes, dailyCsv, errorOf } from './support/bytes.ts';

const values = [1, 2, 4, 8, 16];
const set = seriesFromArrays([
  { id: 'a', values },
  { id: 'b', values: values.map((value) => value * 10) },
]);
const { train } = splitByTime(set);
const scaled = (kind: ScalerKind, scope: 'series' | 'global' = 'series') => [
  ...fitScaler(set, { kind, scope, ranges: train }).transform(set, { precision: 'float64' }).values.slice(0, 5),
];

describe('fitScaler', () => {
  it.each<[ScalerKind, (value: number) => number]>([
    ['none', (value) => value],
    ['standard', (value) => (value - 6.2) / Math.sqrt(29.76)],
    ['robust', (value) => (value - 4) / 3],
    ['minmax', (value) => (value - 1) / 15],
    ['arcsinh', (value) => Math.asinh((value - 4) / (3 * 1.4826))],
    ['log', (value) => (Math.log2(value) - 2) / Math.sqrt(2)],
  ])('%s is what it says', (kind, formula) => {
    scaled(kind).forEach((value, step) => {
      expect(value).toBeCloseTo(formula(values[step]!), 12);
    });
  });

  it('boxcox finds the logarithm for powers, and the identity for what is normal already', () => {
    const powers = Float64Array.from({ length: 400 }, (_, step) =>
      Math.exp(Math.sin(step * 1.7) + Math.cos(step * 0.3)),
    );
    expect(Math.abs(boxCoxLambda(powers))).toBeLessThan(0.1);
    const plain = Float64Array.from({ length: 400 }, (_, step) => 20 + Math.sin(step * 1.7) + Math.cos(step * 0.3));
    expect(Math.abs(boxCoxLambda(plain) - 1)).toBeLessThan(0.6);
    expect(scaled('boxcox').reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
  });

  it('one scale for all series differs from one for each', () => {
    expect(scaled('standard', 'global')).not.toEqual(scaled('standard'));
    expect(scaled('minmax', 'global')[4]).toBeCloseTo(15 / 159, 12);
  });

  it('scales covariates by their own scaler and leaves categories alone', async () => {
    const data = await readCsv(bytes('ds,y,x,c\n2020-01-01,1,10,u\n2020-01-02,2,20,v\n2020-01-03,4,30,u\n'), {
      target: 'y',
      historic: ['x', 'c'],
    });
    const ranges = splitByTime(data).train;
    const historic = (options: { covariates?: ScalerKind }) => [
      ...fitScaler(data, { kind: 'standard', ranges, ...options }).transform(data, { precision: 'float64' }).historic!
        .values,
    ];
    expect(historic({ covariates: 'minmax' })).toEqual([0, 1, 0, 0, 0.5, 0, 1, 0, 1, 1, 0, 0]);
    expect(historic({ covariates: 'none' })[0]).toBe(10);
    expect(historic({})[4]).toBe(0);
  });

  it('gives float32 unless told otherwise', () => {
    const scaler = fitScaler(set, { kind: 'standard', ranges: train });
    expect([
      scaler.transform(set).values.constructor,
      scaler.transform(set, { precision: 'float64' }).values.constructor,
    ]).toEqual([Float32Array, Float64Array]);
  });

  it('does not blow up a constant series', () => {
    const constant = seriesFromArrays([{ id: 'a', values: [0.1, 0.1, 0.1] }]);
    for (const kind of ['standard', 'robust', 'minmax', 'log', 'arcsinh', 'boxcox'] as const) {
      const scaler = fitScaler(constant, { kind, ranges: splitByTime(constant).train });
      for (const value of scaler.transform(constant).values) expect(Math.abs(value)).toBeLessThan(1e-6);
    }
  });

  it('refuses what it cannot scale, and says what can', async () => {
    const negative = seriesFromArrays([{ id: 'wti', values: [20, 10, 5, -37] }]);
    const early = { starts: Float64Array.of(0), ends: Float64Array.of(3) };
    expect(
      (await errorOf(() => fitScaler(negative, { kind: 'log', ranges: splitByTime(negative).train }))).message,
    ).toMatch(/'log' needs positive values, but series 'wti' has others; use arcsinh/);
    expect(
      (await errorOf(() => fitScaler(negative, { kind: 'log', ranges: early }).transform(negative))).message,
    ).toMatch(/series 'wti', row 4: -37 is not positive/);
    const scaler = fitScaler(negative, { kind: 'standard', ranges: early });
    expect((await errorOf(() => scaler.inverse([1], 'wit'))).message).toMatch(
      /not fitted to series 'wit'.*Did you mean 'wti'/,
    );
    expect((await errorOf(() => fitScaler(set, { kind: 'zscore' as ScalerKind, ranges: train }))).code).toBe(
      'data/bad-option',
    );
    expect((await errorOf(() => fitScaler(set, { kind: 'standard', ranges: early }))).message).toMatch(
      /split of this set \(2 series\)/,
    );
  });

  it.each<[string, JsonValue]>([
    ['nothing', null],
    ['another format', { format: 'x' }],
    [
      'missing parameters',
      {
        format: 'nt.scaler',
        version: 1,
        kind: 'standard',
        scope: 'series',
        covariates: 'none',
        historic: [],
        future: [],
        staticNames: [],
        series: [['a', 1]],
        static: [],
      },
    ],
    [
      'an unknown kind',
      {
        format: 'nt.scaler',
        version: 1,
        kind: 'zscore',
        scope: 'series',
        covariates: 'none',
        historic: [],
        future: [],
        staticNames: [],
        series: [],
        static: [],
      },
    ],
  ])('scalerFromJson refuses %s', async (_, json) => {
    expect((await errorOf(() => scalerFromJson(json))).code).toBe('data/bad-state');
  });
});

describe('options of the form of a file', () => {
  it('a told delimiter wins over the one that would be found', async () => {
    const text = 'ds;a,b\n2020-01-01;1\n2020-01-02;2\n';
    expect((await readCsv(bytes(text), { delimiter: ';' })).target).toBe('a,b');
  });

  it('a told frequency turns days into gaps of hours', async () => {
    const error = await errorOf(() => readCsv(bytes(dailyCsv([1, 2])), { frequency: 'hour' }));
    expect(error.message).toMatch(/23 missing time steps .*frequency hour/);
  });

  it('a declared business calendar has no gaps at weekends', async () => {
    const set = await readCsv(bytes('ds,y\n2020-01-02,1\n2020-01-03,2\n2020-01-06,3\n'), { frequency: 'business-day' });
    expect([set.report.gaps, set.times]).toEqual([null, null]);
  });
});

it('a series of which nothing may be looked at is not fitted, and can be by its later rows', () => {
  const late = seriesFromArrays([
    { id: 'early', values: [1, 2, 3, 4] },
    { id: 'late', values: [100, 300] },
  ]);
  const ranges = { starts: Float64Array.of(0, 0), ends: Float64Array.of(3, 0) };
  const scaler = fitScaler(late, { kind: 'standard', ranges });
  expect([scaler.knows('early'), scaler.knows('late')]).toEqual([true, false]);
  expect(() => scaler.transform(late)).toThrow(/scaler\.extend\(set\) fits it to its own rows/);
  expect([...scaler.extend(late).transform(late).values.slice(4)]).toEqual([-1, 1]);
});

it.each<ScalerKind>(['none', 'standard', 'robust', 'minmax', 'log', 'arcsinh', 'boxcox'])(
  '%s: values in the unit of a series are scaled as its own are',
  (kind) => {
    for (const scope of ['series', 'global'] as const) {
      const scaler = fitScaler(set, { kind, scope, ranges: train });
      const all = [...scaler.transform(set, { precision: 'float64' }).values];
      const own = [...scaler.scaled(values, 'a'), ...scaler.scaled(set.values.subarray(5), 'b')];
      expect(own).toEqual(all);
      expect([...scaler.inverse(scaler.scaled([3, Number.NaN], 'b'), 'b')]).toEqual([expect.closeTo(3, 9), Number.NaN]);
      const isPositive = kind === 'log' || kind === 'boxcox';
      expect(Number.isNaN(scaler.scaled([-1], 'a')[0])).toBe(isPositive);
      if (scope === 'series') expect(() => scaler.scaled([1], 'c')).toThrow(/not fitted to series 'c'/);
    }
  },
);
