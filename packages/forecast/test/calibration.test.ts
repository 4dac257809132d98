import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  adaptiveConformal,
  conformalizeQuantiles,
  conformalQuantilesFromJson,
  fitConformalQuantiles,
  fitSplitConformal,
  repairQuantiles,
  rollingConformal,
  splitConformalFromJson,
  splitConformalInterval,
} from '../src/calibration/index.ts';
import { pinball } from '../src/metrics/index.ts';

const nan = Number.NaN;
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const zeros = (count: number): Float64Array => new Float64Array(count);

it('split conformal: the k-th smallest error of each step', () => {
  // Nine windows of two steps; errors 1 … 9 at the first step, ten times that at the second.
  const actual = Array.from({ length: 18 }, (_, i) => (Math.floor(i / 2) + 1) * (i % 2 ? -10 : 1));
  const state = fitSplitConformal({ actual, forecast: zeros(18), horizon: 2 });
  const at = (level: number) => splitConformalInterval(state, [100, 200], { level });
  expect([...at(0.5).upper]).toEqual([105, 250]);
  expect([...at(0.51).upper]).toEqual([106, 260]);
  expect([...at(0.9).lower]).toEqual([91, 110]);
});

it('split conformal: what is unknown or masked is not learnt', () => {
  const state = fitSplitConformal({
    actual: [1, nan, 5, 3],
    forecast: [0, nan, nan, 0],
    mask: [1, 1, 0, 1],
    horizon: 1,
  });
  expect(state.scores).toEqual([[1, 3]]);
});

it('scales: an interval grows with the scale of its window', () => {
  const actual = Array.from({ length: 10 }, (_, i) => i + 1);
  const state = fitSplitConformal({ actual, forecast: zeros(10), horizon: 1, scales: actual });
  const { lower, upper } = splitConformalInterval(state, [0, 0], { level: 0.8, scales: [1, 7] });
  expect([...upper]).toEqual([1, 7]);
  expect([...lower]).toEqual([-1, -7]);
});

it('too few scores: an error by default, an interval without ends when asked, and counted', () => {
  const state = fitSplitConformal({ actual: [1, 2], forecast: [0, 0], horizon: 1 });
  expect(() => splitConformalInterval(state, [0], { level: 0.9 })).toThrow(
    /0.9 needs 9 calibration values for each step; step 1 has 2\. .*tooFew: 'infinite'/,
  );
  expect(splitConformalInterval(state, [0, 0], { level: 0.9, tooFew: 'infinite' })).toEqual({
    lower: new Float64Array([-Infinity, -Infinity]),
    upper: new Float64Array([Infinity, Infinity]),
    infinite: 2,
  });
});

it('conformalised quantiles widen, narrow, and never turn over', () => {
  const actual = Array.from({ length: 9 }, (_, i) => i - 4);
  const ends = (reach: number) => ({ lower: actual.map((y) => y - reach), upper: actual.map((y) => y + reach) });
  const wide = fitConformalQuantiles({ actual, ...ends(2), horizon: 1, level: 0.9 });
  expect(wide.scores).toEqual([Array(9).fill(-2)]);
  const { lower, upper } = conformalizeQuantiles(wide, { lower: [0, 0], upper: [6, 1] });
  expect([...lower]).toEqual([2, 0.5]);
  expect([...upper]).toEqual([4, 0.5]);
  const narrow = fitConformalQuantiles({ actual, lower: zeros(9), upper: zeros(9), horizon: 1, level: 0.9 });
  expect(conformalizeQuantiles(narrow, { lower: [0], upper: [1] }).upper[0]).toBe(5);
});

it('adaptive conformal widens after a miss and narrows after hits, each step by itself', () => {
  const conformal = adaptiveConformal({ level: 0.8, horizon: 2, learningRate: 0.1, scores: [[1, 2, 3, 4, 5], [1]] });
  const before = conformal.interval([0, 0]);
  expect(before.upper[0]).toBe(5);
  conformal.observe({ step: 0, actual: 9, point: 0, lower: -5, upper: 5 });
  expect(conformal.state().alphas).toEqual([1 - 0.8 + 0.1 * (1 - 0.8 - 1), 1 - 0.8]);
  expect(conformal.state().scores).toEqual([[1, 2, 3, 4, 5, 9], [1]]);
  for (let i = 0; i < 30; i++) conformal.observe({ step: 0, actual: 0, point: 0, lower: -5, upper: 5 });
  expect(conformal.interval([0, 0]).upper[0]).toBeLessThan(5);
  conformal.observe({ step: 1, actual: nan, point: 0, lower: 0, upper: 0 });
  expect(conformal.state().scores[1]).toEqual([1]);
});

it('memory keeps the newest scores', () => {
  const conformal = adaptiveConformal({ level: 0.5, horizon: 1, memory: 3, scores: [[9, 8, 7, 6]] });
  expect(conformal.interval([0]).upper[0]).toBe(7);
  for (const actual of [1, 2, 1]) conformal.observe({ step: 0, actual, point: 0, lower: -9, upper: 9 });
  expect(conformal.state().scores).toEqual([[1, 2, 1]]);
  expect(conformal.interval([0]).upper[0]).toBe(1);
});

it('beyond the largest error: no end, or that error', () => {
  const start = { level: 0.9, horizon: 1, scores: [[1, 2, 3]] };
  expect(adaptiveConformal(start).interval([0])).toMatchObject({ infinite: 1 });
  const bounded = adaptiveConformal({ ...start, beyond: 'largest' }).interval([0]);
  expect(bounded).toEqual({ lower: new Float64Array([-3]), upper: new Float64Array([3]), infinite: 0 });
  expect(adaptiveConformal({ level: 0.9, horizon: 1, beyond: 'largest' }).interval([0]).infinite).toBe(1);
});

it('a rolled interval does not see what is not yet known', () => {
  const [windows, horizon] = [40, 5];
  const series = Array.from({ length: windows + horizon }, (_, t) => Math.sin(t * 12.9898) * (1 + t / 9));
  const input = (values: readonly number[]) => ({
    actual: Array.from({ length: windows * horizon }, (_, i) => values[Math.floor(i / horizon) + (i % horizon)]!),
    forecast: zeros(windows * horizon),
    origins: Array.from({ length: windows }, (_, w) => w),
  });
  const options = { level: 0.5, horizon, learningRate: 0.1 };
  const whole = rollingConformal(input(series), options);
  const cut = 30;
  const changed = rollingConformal(input(series.map((y, t) => (t < cut ? y : 1e6))), options);
  const seen = (cut + 1) * horizon;
  expect(changed.upper.slice(0, seen)).toEqual(whole.upper.slice(0, seen));
  expect(changed.upper.slice(seen)).not.toEqual(whole.upper.slice(seen));
});

it('in one go or from a saved state: the same intervals', () => {
  const options = { level: 0.8, horizon: 1, learningRate: 0.05, memory: 20 };
  const values = Array.from({ length: 60 }, (_, t) => Math.sin(t * 78.233) * 3);
  const roll = (conformal: ReturnType<typeof adaptiveConformal>, part: readonly number[]): number[] =>
    part.map((actual) => {
      const { lower, upper } = conformal.interval([0]);
      conformal.observe({ step: 0, actual, point: 0, lower: lower[0]!, upper: upper[0]! });
      return upper[0]!;
    });
  const whole = roll(adaptiveConformal(options), values);
  const first = adaptiveConformal(options);
  const parts = roll(first, values.slice(0, 31));
  const second = adaptiveConformal(json(first.state()) as ReturnType<typeof first.state>);
  expect([...parts, ...roll(second, values.slice(31))]).toEqual(whole);
});

it('fitted states are JSON and come back', () => {
  const truth = { actual: [1, 2, 3, 4], horizon: 2 };
  const split = fitSplitConformal({ ...truth, forecast: zeros(4) });
  const quantiles = fitConformalQuantiles({ ...truth, lower: zeros(4), upper: [2, 2, 2, 2], level: 0.5 });
  expect(splitConformalFromJson(json(split))).toEqual(split);
  expect(conformalQuantilesFromJson(json(quantiles))).toEqual(quantiles);
});

const damaged: readonly (readonly [string, unknown, RegExp])[] = [
  ['nothing', null, /expected method 'split-conformal'/],
  [
    'another method',
    { method: 'conformal-quantiles' },
    /expected method 'split-conformal', found "conformal-quantiles"/,
  ],
  ['a later version', { method: 'split-conformal', version: 2 }, /expected version 1/],
  ['no horizon', { method: 'split-conformal', version: 1 }, /a horizon >= 1/],
  ['a step missing', { method: 'split-conformal', version: 1, horizon: 2, scores: [[1]] }, /for each of the horizon/],
  ['a text', { method: 'split-conformal', version: 1, horizon: 1, scores: [['1']] }, /scores that are numbers/],
  ['an infinite score', { method: 'split-conformal', version: 1, horizon: 1, scores: [[null]] }, /scores that are/],
];

it.each(damaged)('refuses a saved calibration with %s', (_, value, message) => {
  expect(() => splitConformalFromJson(value)).toThrow(message);
  expect(() => splitConformalFromJson(value)).toThrow(expect.objectContaining({ code: 'forecast/model-file' }));
});

const one = { actual: [1, 2], forecast: [1, 2], horizon: 1 };
const state = fitSplitConformal(one);
const refused: readonly (readonly [string, () => unknown, RegExp])[] = [
  ['half a window', () => fitSplitConformal({ ...one, horizon: 3 }), /windows of 3 steps, got 2/],
  ['a horizon of 0', () => fitSplitConformal({ ...one, horizon: 0 }), /horizon: expected an integer >= 1/],
  [
    'a forecast that failed',
    () => fitSplitConformal({ ...one, forecast: [1, nan] }),
    /window 1, step 1 is not a number/,
  ],
  [
    'a scale of 0',
    () => fitSplitConformal({ ...one, scales: [1, 0] }),
    /scales: expected numbers > 0, got 0 for window 1/,
  ],
  ['scales that are new', () => splitConformalInterval(state, [1], { level: 0.5, scales: [1] }), /without them/],
  ['a level in percent', () => splitConformalInterval(state, [1], { level: 90 }), /between 0 and 1/],
  [
    'another policy',
    () => splitConformalInterval(state, [1], { level: 0.5, tooFew: 'skip' as never }),
    /error, infinite/,
  ],
  ['an unknown option', () => fitSplitConformal({ ...one, weights: [1, 1] } as never), /'weights'/],
  ['a learning rate of 0', () => adaptiveConformal({ level: 0.9, horizon: 1, learningRate: 0 }), /learningRate/],
  [
    'scores of too few steps',
    () => adaptiveConformal({ level: 0.9, horizon: 2, scores: [[1]] }),
    /a list for each step/,
  ],
  [
    'a step that is not there',
    () => adaptiveConformal({ level: 0.9, horizon: 1 }).observe({ step: 1, actual: 1, point: 1, lower: 1, upper: 1 }),
    /no step 1 in 1 steps/,
  ],
  [
    'origins out of order',
    () => rollingConformal({ ...one, origins: [3, 2] }, { level: 0.9, horizon: 1 }),
    /ascending, got 3 before 2/,
  ],
  ['another repair', () => repairQuantiles([1], 1, 'swap' as never), /sort, isotonic/],
  ['rows of no length', () => repairQuantiles([1, 2, 3], 2), /rows of 2 levels, got 3/],
];

it.each(refused)('refuses %s', (_, call, message) => {
  expect(call).toThrow(message);
  expect(call).toThrow(expect.objectContaining({ name: 'ForecastError' }));
});

it('crossing quantiles are sorted, or pooled to their mean', () => {
  const rows = [1, 3, 2, /**/ 1, 2, 3, /**/ 3, 2, 1, /**/ nan, 2, 1];
  expect(repairQuantiles(rows, 3)).toEqual({
    values: new Float64Array([1, 2, 3, 1, 2, 3, 1, 2, 3, nan, 2, 1]),
    crossings: 3,
  });
  expect(repairQuantiles(rows, 3, 'isotonic').values).toEqual(
    new Float64Array([1, 2.5, 2.5, 1, 2, 3, 2, 2, 2, nan, 2, 1]),
  );
});

it('repair: rows ascend, ascending rows stay, and the loss never rises', () => {
  const row = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 5, maxLength: 5 });
  const levels = [0.1, 0.3, 0.5, 0.7, 0.9];
  fc.assert(
    fc.property(row, fc.double({ min: -100, max: 100, noNaN: true }), (quantiles, actual) => {
      for (const method of ['sort', 'isotonic'] as const) {
        const { values } = repairQuantiles(quantiles, 5, method);
        expect([...values].every((value, k) => k === 0 || value >= values[k - 1]!)).toBe(true);
        expect(repairQuantiles(values, 5, method)).toEqual({ values, crossings: 0 });
        if (method === 'isotonic') continue;
        const loss = (list: ArrayLike<number>): number => pinball([actual], list, { levels });
        expect(loss(values)).toBeLessThanOrEqual(loss(quantiles) + 1e-12);
      }
    }),
  );
});
