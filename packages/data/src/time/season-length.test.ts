import { expect, it } from 'vitest';
import { parseFrequency } from './frequency.ts';
import { seasonLength } from './season-length.ts';

it.each([
  ['hour', 24],
  ['15 minutes', 96],
  ['7 minutes', 1],
  ['day', 7],
  ['2 days', 1],
  ['business-day', 5],
  ['week', 52],
  ['month', 12],
  ['quarter', 4],
  ['year', 1],
])('a season of %s steps has %i', (frequency, steps) => {
  expect(seasonLength(parseFrequency(frequency))).toBe(steps);
});
