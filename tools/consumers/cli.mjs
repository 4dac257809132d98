import { doesNotMatch, equal, match, notEqual, ok } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const day = 86_400_000;

/** 200 days with a week's rhythm. */
const rows = Array.from({ length: 200 }, (_, index) => {
  const date = new Date(Date.UTC(2024, 0, 1) + index * day).toISOString().slice(0, 10);
  return `${date},${(10 + 3 * Math.sin((2 * Math.PI * index) / 7)).toFixed(3)}`;
});

/**
 * Someone who installs the command and has a file.
 *
 * @type {import('./consumers.mjs').Consumer}
 */
export const cli = {
  name: 'cli',
  packages: ['@nt/cli'],
  files: { 'visits.csv': `date,visits\n${rows.join('\n')}\n` },
  use({ folder, run, attempt, bin }) {
    const nt = bin('nt');
    match(run(nt, '--help'), /train[\s\S]*forecast/);

    const size = ['--input-size', '14', '--horizon', '7', '--hidden-size', '16', '--n-stacks', '1', '--epochs', '2'];
    run(nt, 'train', '-d', 'visits.csv', '--target', 'visits', '-o', 'model', ...size);
    run(nt, 'forecast', '-m', 'model', '-d', 'visits.csv', '-o', 'forecast.csv', '--no-sketch');
    equal(readFileSync(join(folder, 'forecast.csv'), 'utf8').trim().split('\n').length, 1 + 7);

    const missing = attempt(nt, 'train', '-d', 'missing.csv', '--target', 'visits', '-o', 'other');
    notEqual(missing.status, 0);
    match(missing.output, /missing\.csv/);
    doesNotMatch(missing.output, /^\s+at .*\.js:\d+/m, 'a stack trace without --debug');
    ok(!existsSync(join(folder, 'other')), 'a half-written output');
  },
};
