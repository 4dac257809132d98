import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';

/**
 * Makes words that belong to no flag an error that says why they may be there: a shell has put the names of files in the
 * place of a pattern, of which the flag took the first.
 */
export function refuseWords(command: Command): void {
  command.allowExcessArguments().hook('preAction', () => {
    const [word] = command.args;
    if (word === undefined) return;
    throw new UsageError(
      `'${word}' belongs to no flag. Several files are given as a pattern in quotes, -d "prices/*.csv", so that the shell leaves it alone.`,
    );
  });
}
