import { expect, it } from 'vitest';
import {
  conformalizeQuantiles,
  fitConformalQuantiles,
  fitSplitConformal,
  splitConformalFromJson,
  splitConformalInterval,
} from '../src/calibration/index.ts';

it('errors of overlapping windows count for fewer: step k of windows one time step apart for windows ÷ k', () => {
  const windows = 100;
  const actual = Float64Array.from({ length: windows * 4 }, (_, i) => 1 + Math.floor(i / 4));
  const radius = (stride: number | undefined, level: number): number[] => {
    const state = fitSplitConformal({ actual, forecast: new Float64Array(actual.length), horizon: 4, stride });
    const again = splitConformalFromJson(JSON.parse(JSON.stringify(state)));
    return [...splitConformalInterval(again, [0, 0, 0, 0], { level }).upper];
  };
  // ⌈100 · 0.8 · (1 + k / 100)⌉; two time steps apart, pairs of steps are alike.
  expect(radius(undefined, 0.8)).toEqual([81, 81, 81, 81]);
  expect(radius(1, 0.8)).toEqual([81, 82, 83, 84]);
  expect(radius(2, 0.8)).toEqual([81, 81, 82, 82]);
  expect(radius(4, 0.8)).toEqual([81, 81, 81, 81]);
  // Never beyond the largest error.
  expect(radius(1, 0.97)).toEqual([98, 99, 100, 100]);
  const quantiles = fitConformalQuantiles({
    actual,
    lower: actual.map(() => 0),
    upper: actual.map(() => 0),
    level: 0.8,
    horizon: 4,
    stride: 1,
  });
  const zeros = { lower: [0, 0, 0, 0], upper: [0, 0, 0, 0] };
  expect([...conformalizeQuantiles(quantiles, zeros).upper]).toEqual([81, 82, 83, 84]);
  expect(() => radius(0, 0.8)).toThrow(/stride/);
});
