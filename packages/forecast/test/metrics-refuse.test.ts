import { describe, expect, it } from 'vitest';
import {
  coverage,
  crpsFromSamples,
  intervalWidth,
  mae,
  mape,
  mase,
  mse,
  pinball,
  r2,
  rmse,
  rmsse,
  smape,
  wape,
  winkler,
} from '../src/metrics/index.ts';

const actual = [1, 2, 3];
const short = [1, 2];
const whole = { lower: [0, 1, 2], upper: [2, 3, 4] };

describe('a metric', () => {
  it.each<[string, () => number]>([
    ['mae', () => mae(actual, short)],
    ['mse', () => mse(actual, short)],
    ['rmse', () => rmse(actual, short)],
    ['mape', () => mape(actual, short)],
    ['smape', () => smape(actual, short)],
    ['wape', () => wape(actual, short)],
    ['r2', () => r2(actual, short)],
    ['mase', () => mase(actual, short, { scale: 1 })],
    ['rmsse', () => rmsse(actual, short, { scale: 1 })],
    ['coverage', () => coverage(actual, { ...whole, lower: short })],
    ['coverage', () => coverage(actual, { ...whole, upper: short })],
    ['intervalWidth', () => intervalWidth(actual, { ...whole, upper: short })],
    ['winkler', () => winkler(actual, { ...whole, lower: short }, { level: 0.8 })],
    ['crpsFromSamples', () => crpsFromSamples(actual, [])],
    ['pinball', () => pinball(actual, [1, 1, 2, 2, 3, 3], { levels: [0.5, 0.5] })],
    ['pinball', () => pinball(actual, [1, 2, 3, 4], { levels: [0.5] })],
  ])('%s refuses what has another length, or levels that do not ascend', (name, compute) => {
    expect(compute).toThrow(
      expect.objectContaining({ code: 'forecast/option', message: expect.stringContaining(name) }),
    );
  });

  it('leaves out a value that counts nothing, whatever its error is', () => {
    expect(mae(actual, [2, Number.POSITIVE_INFINITY, 4], { weights: [1, 0, 1] })).toBe(1);
  });

  it('counts a value at an end of its interval as inside, and no interval with an end that is NaN', () => {
    expect(coverage([1, 2, 3], { lower: [1, 0, 0], upper: [2, 2, 2] })).toBeCloseTo(2 / 3, 12);
    expect(coverage([1, 9], { lower: [Number.NaN, 0], upper: [2, 2] })).toBeNaN();
    expect(coverage([1, 9], { lower: [0, 0], upper: [Number.NaN, 2] })).toBeNaN();
  });
});
