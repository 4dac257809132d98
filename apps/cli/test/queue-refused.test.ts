import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { backtestWords, searchWords } from './queue/works.ts';
import { ntInside } from './run-inside.ts';
import { temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const folds = backtestWords(3);
const trials = searchWords(3);

beforeAll(() => writeBirths(folder, 80));

it.each<[flags: string[], message: RegExp]>([
  [['--queue', 'mysql://h'], /--queue: A queue is a folder, or redis:/],
  [['--queue', 'q', '--threads', '2'], /--threads 2: workers of a queue have threads of their own/],
  [['--queue', 'q', '--refit', 'warm'], /--queue: with --refit warm every fold needs the model/],
  [['--queue', 'q', '-d', '-'], /--queue: workers read the data by their path/],
  [['--attempts', '3'], /--attempts 3: jobs are tried again with --queue only/],
  [['--queue', 'q', '--attempts', '0'], /Expected a whole number >= 1/],
])('%j is refused', async (flags, message) => {
  const words = folds.map((word) => (word === 'births.csv' ? at(word) : word));
  const { code, stderr } = await ntInside(...words, ...flags, '-o', at('none'));
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(existsSync(at('none'))).toBe(false);
});

it('--seconds of a search needs to know how many trials there are at once', async () => {
  const words = trials.map((word) => (word === 'births.csv' ? at(word) : word));
  const { code, stderr } = await ntInside(...words, '--seconds', '9', '--queue', 'q', '-o', at('none'));
  expect([code, stderr]).toEqual([2, expect.stringMatching(/--seconds 9: with --queue say how many trials/)]);
});
