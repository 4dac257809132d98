import { futureNames } from '@nt/forecast';
import type { Command } from 'commander';
import { addReaderFlags } from '../options/data-options.ts';
import { listed } from '../options/parse-number.ts';
import { addTrainOptions } from '../options/train-options.ts';
import type { Outcome } from '../outcome.ts';
import type { LeakcheckFlags } from './leakcheck.ts';
import { refuseWords } from './refuse-words.ts';

/** `nt leakcheck` */
export function defineLeakcheck(command: Command, outcome: Outcome): void {
  refuseWords(command);
  command
    .option(
      '-d, --data <files>',
      'the data to look through: a file, several as "prices/*.csv" or a folder, https://…, or -',
    )
    .option(
      '--futures <names>',
      `what is done to the future; trained once for each and once more (default: ${futureNames.join(',')})`,
      listed(futureNames),
    )
    .option('--json', 'print the report as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (flags: LeakcheckFlags) => {
      const { leakcheck } = await import('./leakcheck.ts');
      outcome.exitCode = await leakcheck(flags);
    });
  addTrainOptions(command);
  addReaderFlags(command, false);
  command.addHelpText(
    'after',
    `
Trains as nt train would, changes everything from the test part on, trains
again, and compares bit for bit what lies before. A leak ends with exit code 3.
A blend of networks takes minutes each time; flags of one network, or --preset
fast and --max-updates, make that short.

Example:
  nt leakcheck -d prices.csv --target close --future holiday --epochs 3
  nt leakcheck -d prices.csv --target close --epochs 2 --futures cut,shuffled`,
  );
}
