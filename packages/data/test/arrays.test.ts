import { describe, expect, it } from 'vitest';
import { type SeriesInput, seriesFromArrays, timeAt, writeTime } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';

const read = (values: unknown, more: object = {}, options: object = {}) =>
  seriesFromArrays([{ id: 'a', values, ...more } as SeriesInput], options as never);
const hole = [1, 2, 3];
delete hole[1];

describe('seriesFromArrays', () => {
  it.each<[string, unknown]>([
    ['null', [1, null, 3]],
    ['undefined', [1, undefined, 3]],
    ['NaN', [1, Number.NaN, 3]],
    ['a hole', hole],
    ['an empty text', [1, '', 3]],
    ['NaN in a typed array', Float32Array.of(1, Number.NaN, 3)],
  ])('takes %s for no value: masked, or by the policy', async (_, values) => {
    expect([...read(values).values]).toEqual([1, Number.NaN, 3]);
    expect([...read(values).available!]).toEqual([1, 0, 1]);
    expect([...read(values, {}, { missing: 'linear' }).values]).toEqual([1, 2, 3]);
    expect((await errorOf(() => read(values, {}, { missing: 'error' }))).code).toBe('data/missing-value');
  });

  it.each<[string, unknown, readonly number[]]>([
    ['texts of numbers', ['1', ' 2.5 ', '3e2'], [1, 2.5, 300]],
    ['bigints', [1n, 2n], [1, 2]],
    ['a BigInt64Array', BigInt64Array.of(1n, -2n), [1, -2]],
    ['booleans', [true, false], [1, 0]],
    ['an Int16Array', Int16Array.of(1, -2), [1, -2]],
  ])('reads %s', (_, values, numbers) => {
    expect([...read(values).values]).toEqual(numbers);
  });

  it.each<[string, unknown]>([
    ["'abc'", [1, 'abc', 3]],
    ['a Date', [1, new Date(0), 3]],
    ['an object', [1, {}, 3]],
    ['an array', [1, [2], 3]],
  ])('refuses %s, with series and place', async (_, values) => {
    const error = await errorOf(() => read(values));
    expect([error.code, error.message]).toEqual([
      'data/bad-number',
      expect.stringMatching(/series 'a': row 2, column 'value'/),
    ]);
    const covariate = await errorOf(() => read([1, 2, 3], { historic: { x: values } }));
    expect([covariate.code, covariate.details.column]).toEqual(['data/bad-number', 'x']);
  });

  it('refuses infinities unless they are to be masked', async () => {
    expect((await errorOf(() => read([1, Infinity, 3]))).code).toBe('data/non-finite');
    expect([...read([1, -Infinity, 3], {}, { nonFinite: 'mask' }).values]).toEqual([1, Number.NaN, 3]);
  });

  it.each<[string, unknown, object]>([
    ['a text for values', 'abc', {}],
    ['no values', undefined, {}],
    ['a number for values', 5, {}],
    ['an unknown key', [1], { vales: [1] }],
    ['an id that is no text', [1], { id: 7 }],
    ['a covariate that is no array', [1], { historic: { x: 3 } }],
  ])('refuses %s', async (_, values, more) => {
    expect((await errorOf(() => read(values, more))).code).toBe('data/bad-option');
  });

  it.each<[string, unknown]>([
    ['null', [0, null]],
    ['NaN', [0, Number.NaN]],
    ['a text', ['2020-01-01', 'soon']],
    ['a Date that is none', [new Date(0), new Date('x')]],
  ])('refuses %s among times', async (_, times) => {
    expect((await errorOf(() => read([1, 2], { times }))).code).toBe('data/bad-time');
  });

  it('takes Dates and texts for times, and writes times as its start is written', () => {
    const day = 86_400_000;
    expect(timeAt(read([1, 2], { times: [new Date(0), new Date(day)] }), 0, 2)).toBe(2 * day);
    const set = read([1, 2, 3], { start: '2020-01-30' }, { frequency: 'month' });
    expect([1, 2, 3].map((step) => writeTime(set, timeAt(set, 0, step)))).toEqual([
      '2020-02-29',
      '2020-03-30',
      '2020-04-30',
    ]);
    const hours = read([1, 2], { start: '2020-01-01T23:00:00+02:00' }, { frequency: 'hour' });
    expect(timeAt(hours, 0, 1)).toBe(Date.UTC(2020, 0, 1, 22));
  });
});
