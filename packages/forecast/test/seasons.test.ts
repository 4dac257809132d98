import { type SeriesSet, seriesFromArrays } from '@nt/data';
import { describe, expect, it } from 'vitest';
import { calendarOf, seasonsOf } from '../src/recipe/seasons.ts';

const setOf = (frequency: string, steps: number): SeriesSet =>
  seriesFromArrays([{ id: 'a', values: Array(steps).fill(1), start: '2020-01-01' }], { frequency: frequency as 'day' });

describe('what the calendar can tell', () => {
  it.each([
    ['hour', 24 * 55, []],
    ['hour', 24 * 60, ['hourOfDay', 'dayOfWeek']],
    ['hour', 24 * 740, ['hourOfDay', 'dayOfWeek', 'dayOfYear']],
    ['15min', 96 * 30, ['minuteOfHour', 'hourOfDay', 'dayOfWeek']],
    ['day', 55, []],
    ['day', 60, ['dayOfWeek']],
    ['day', 740, ['dayOfWeek', 'dayOfYear']],
    ['month', 36, ['dayOfYear']],
    ['year', 40, []],
  ] as const)('%s, %i steps of training: %j', (frequency, steps, features) => {
    expect(calendarOf(setOf(frequency, steps), [steps])).toEqual(features);
  });
});

it.each([
  ['hour', { short: 24, long: 168 }],
  ['day', { short: 7, long: 364 }],
  ['year', { short: 1, long: 1 }],
] as const)('seasons of %s', (frequency, seasons) => {
  expect(seasonsOf(setOf(frequency, 10).frequency)).toEqual(seasons);
});
