import { expect, it } from 'vitest';
import { checkOptions } from './check-options.ts';

const known = ['cases', 'tolerances', 'knownDefects'];

it('known options pass, also when they are undefined or absent', () => {
  expect(() => checkOptions('f', { cases: undefined, tolerances: 1 }, known)).not.toThrow();
  expect(() => checkOptions('f', {}, known)).not.toThrow();
});

it.each([
  ['case', 'cases'],
  ['tolerance', 'tolerances'],
  ['knownDefekt', 'knownDefects'],
  ['know', 'knownDefects'],
])('an unknown option %s is refused, naming the nearest: %s', (option, nearest) => {
  expect(() => checkOptions('f', { [option]: 1 }, known)).toThrow(
    `f: unknown option '${option}'; did you mean '${nearest}'? Options: cases, tolerances, knownDefects.`,
  );
});
