import { expect, it } from 'vitest';
import { names, part } from '../src/options/parse-number.ts';

it.each([
  ['a,b', ['a', 'b']],
  [' a , b c ', ['a', 'b c']],
  ['"Temp, °C",wind', ['Temp, °C', 'wind']],
  ['wind,"a ""b"""', ['wind', 'a "b"']],
  ['""', ['']],
  ['"",NA', ['', 'NA']],
  ['it\'s "quoted"', ['it\'s "quoted"']],
  ['"x"y,z', ['"x"y', 'z']],
])('%s is a list of names', (text, list) => {
  expect(names(text)).toEqual(list);
});

it.each(['', ' ', 'a,', ',a', 'a,,b'])('"%s" is none', (text) => {
  expect(() => names(text)).toThrow(/Expected names/);
});

it('a part is a fraction, a count or a date', () => {
  expect(['0', '0.2', '30', '2024-01-31', '2024-01-31T12:00'].map(part)).toEqual([
    0,
    0.2,
    30,
    '2024-01-31',
    '2024-01-31T12:00',
  ]);
  for (const text of ['', '1.5', '-1', 'x', '31/01/2024', 'NaN']) expect(() => part(text), text).toThrow(/fraction/);
});
