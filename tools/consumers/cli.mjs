import { doesNotMatch, equal, match, notEqual } from 'node:assert/strict';

/**
 * Someone who installs the command and has a file.
 *
 * @type {import('./consumers.mjs').Consumer}
 */
export const cli = {
  name: 'cli',
  packages: ['@nt/cli'],
  files: {},
  use({ attempt, bin }) {
    const help = attempt(bin('nt'), '--help');
    equal(help.status, 0, help.output);
    match(help.output, /train[\s\S]*forecast/);

    const missing = attempt(bin('nt'), 'train', '-d', 'missing.csv', '--target', 'y', '-o', 'model');
    notEqual(missing.status, 0);
    match(missing.output, /missing\.csv/);
    doesNotMatch(missing.output, /^\s+at .*\.js:\d+/m, 'a stack trace without --debug');
  },
};
