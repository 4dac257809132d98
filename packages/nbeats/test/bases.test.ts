import { expect, it } from 'vitest';
import { seasonalityBasis } from '../src/seasonality-basis.ts';
import { type TrendBasis, trendBases, trendBasis } from '../src/trend-basis.ts';
import { readJson } from './golden-nbeats.ts';
import { tolerances } from './tolerances.ts';

const { trend, seasonality } = readJson('bases.json') as {
  trend: { kind: TrendBasis; count: number; length: number; values: number[][] }[];
  seasonality: { harmonics: number; horizon: number; length: number; backcast: number[][]; forecast: number[][] }[];
};

function near(actual: Float64Array, expected: number[][]): void {
  const wanted = expected.flat();
  expect(actual).toHaveLength(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  wanted.forEach(
    (value, i) => void expect(Math.abs(actual[i]! - value) / scale, `${i}`).toBeLessThan(tolerances.basis),
  );
}

it.each(trend)('$kind: $count functions of $length steps are those of neuralforecast', (golden) => {
  near(trendBasis(golden.kind, golden.count, golden.length), golden.values);
});

it('compares every kind', () => {
  expect(new Set(trend.map(({ kind }) => kind))).toEqual(new Set(trendBases));
});

it.each(seasonality)('$harmonics harmonics, horizon $horizon: waves are those of neuralforecast', (golden) => {
  const { harmonics, horizon, length } = golden;
  near(seasonalityBasis(harmonics, horizon, length, -1), golden.backcast);
  near(seasonalityBasis(harmonics, horizon, horizon, 1), golden.forecast);
});
