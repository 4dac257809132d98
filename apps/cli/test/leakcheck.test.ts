import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { nt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const check = ['leakcheck', ...tiny.slice(1)];

beforeAll(() => {
  writeBirths(folder, 60);
  const values = Array.from({ length: 60 }, (_, day) => 100 + Math.round(20 * Math.sin(day) + 7 * Math.sin(day * day)));
  // A column "known ahead" that is the target of the next day: it cannot have been known.
  const rows = values.map((value, day) => {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},${value},${values[day + 1] ?? ''}`;
  });
  writeFileSync(join(folder, 'leak.csv'), `${['date,births,next', ...rows.slice(0, -1)].join('\n')}\n`);
});

it('a training of ours passes', async () => {
  const { code, stdout } = await nt(folder, ...check, '--futures', 'cut,shuffled');
  expect(stdout).toMatch(/^passed {2}split/m);
  expect(stdout).toMatch(/nhits: no leak found/);
  expect(code).toBe(0);
});

it('a column that tells the future is found: exit code 3', async () => {
  const { code, stdout } = await nt(
    folder,
    ...[...check, '-d', 'leak.csv', '--future', 'next', '--futures', 'cut,shuffled', '--json'],
  );
  const { passed, checks } = JSON.parse(stdout);
  expect([code, passed]).toEqual([3, false]);
  expect(checks.find(({ passed: isFine }: { passed: boolean }) => !isFine).name).toBe('covariates');
});

it.each([
  ['no file', ['leakcheck'], 2, /nt leakcheck needs a file/],
  ['a wrong future', [...check, '--futures', 'past'], 2, /cut, shuffled/],
] as const)('%s is told', async (_title, words, code, message) => {
  const result = await nt(folder, ...words);
  expect(result.stderr).toMatch(message);
  expect(result.code).toBe(code);
});
