import type { Command } from 'commander';
import { flagName } from '../options/flag-table.ts';
import { UsageError } from '../usage-error.ts';

/** Flags that say what is printed, not what is done. */
const printing = ['json', 'quiet', 'debug', 'sketch'];

/**
 * Makes a flag beside `--resume` an error unless it is one of `others`: everything else is remembered, and what is told anew
 * would be ignored.
 */
export function refuseBesideResume(command: Command, what: string, others: readonly string[]): void {
  const allowed = ['resume', ...others, ...printing];
  command.hook('preAction', () => {
    if (command.getOptionValue('resume') === undefined) return;
    const wrong = command.options.find((option) => {
      const name = option.attributeName();
      if (command.getOptionValueSource(name) !== 'cli' || allowed.includes(name)) return false;
      return option.negate === (command.getOptionValue(name) === false);
    });
    if (wrong === undefined) return;
    const names = others.map(flagName).join(' and ');
    throw new UsageError(
      `${wrong.long}: ${what} goes on as it was begun; beside --resume only ${names} can be told anew.`,
    );
  });
}
