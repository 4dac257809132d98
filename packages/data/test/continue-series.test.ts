import { expect, it } from 'vitest';
import { continueSeries, DataError, joinFuture, seriesFromArrays, seriesValues, timeAt } from '../src/index.ts';

const start = '2026-01-01';
const plain = seriesFromArrays(
  [
    { id: 'a', values: [1, 2, 3], start },
    { id: 'b', values: [4, 5], start },
  ],
  { frequency: 'day' },
);
const known = seriesFromArrays([{ id: 'a', values: [1, 2, 3], start, future: { x: [1, 2, 3, 4] } }], {
  frequency: 'day',
});

it('values follow the last observed ones, and times go on', () => {
  const longer = continueSeries(plain, [
    [7, 8],
    [9, Number.NaN],
  ]);
  expect([...seriesValues(longer, 0)]).toEqual([1, 2, 3, 7, 8]);
  expect([...seriesValues(longer, 1)].slice(0, 3)).toEqual([4, 5, 9]);
  expect(timeAt(longer, 1, 3)).toBe(Date.parse('2026-01-04'));
  expect([...seriesValues(plain, 0)]).toEqual([1, 2, 3]);
});

it('rows with known covariates are used, not pushed away', () => {
  const longer = continueSeries(known, [[9]]);
  expect([...seriesValues(longer, 0)]).toEqual([1, 2, 3, 9]);
  expect([...longer.future!.values]).toEqual([1, 2, 3, 4]);
});

it('covariates known ahead come from another set by time', () => {
  const ahead = seriesFromArrays(
    [{ id: 'later', values: [0, 0, 0], start: '2026-01-04', future: { x: [40, 50, 60] } }],
    { frequency: 'day' },
  );
  const joined = joinFuture(known, ahead, 3);
  expect([...joined.future!.values]).toEqual([1, 2, 3, 4, 50, 60]);
  expect([...joined.lengths]).toEqual([3]);
  expect(() => joinFuture(known, ahead, 4)).toThrow(/lacks series 'a' at 2026-01-07/);
  expect(() => joinFuture(plain, ahead, 1)).toThrow(/the same future columns/);
});

it('wrong numbers of values are refused', () => {
  expect(() => continueSeries(plain, [[1]])).toThrow(/values must be 2 lists of one length/);
  expect(() => continueSeries(plain, [[1], [1, 2]])).toThrow(DataError);
});
