import type { Command } from 'commander';
import { addReaderFlags } from '../options/data-options.ts';
import { addJobsFlags } from '../options/jobs-flags.ts';
import { addTrainOptions } from '../options/train-options.ts';
import { addWalkFlags } from '../options/walk-flags.ts';
import type { Outcome } from '../outcome.ts';
import type { BacktestFlags } from './backtest.ts';
import { refuseBesideResume } from './refuse-beside-resume.ts';
import { refuseWords } from './refuse-words.ts';

/** `nt backtest` */
export function defineBacktest(command: Command, outcome: Outcome): void {
  refuseWords(command);
  refuseBesideResume(command, 'a backtest', ['jobs', 'threads', 'queue', 'attempts', 'plot', 'report']);
  command
    .option(
      '-d, --data <files>',
      'what to walk through: a file, several as "prices/*.csv" or a folder, https://…, or -',
    )
    .option('-o, --output <folder>', 'where folds, forecasts and report go', 'backtest')
    .option('--resume <folder>', 'go on with an interrupted backtest; finished folds are kept')
    .option('--overwrite', 'replace the backtest in the output folder')
    .option('--plot <file>', 'draw the newest forecasts beside what came (.svg or .png)')
    .option('--report <file>', 'write a page that tells all of it: folds, comparison, intervals, data (.html)')
    .option('--no-sketch', 'no sketch in the terminal')
    .option('--json', 'print the report as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (flags: BacktestFlags) => {
      const { backtest } = await import('./backtest.ts');
      outcome.exitCode = await backtest(flags);
    });
  addWalkFlags(command);
  addJobsFlags(command, 'folds');
  addTrainOptions(command, []);
  addReaderFlags(command, false);
  command.addHelpText(
    'after',
    `
Results have the same bits with any --jobs. A fold whose process was lost (out
of memory, killed) fails when the others are done, with exit code 1; nt resume
runs it again.

Example:
  nt backtest -d prices.csv --target close --horizon 24 --folds 5 -o backtest
  nt backtest -d prices.csv --target close --mode rolling --train-size 1000 \\
    --gap 24 --refit 2 --rolling-conformal
  nt backtest -d prices.csv --target close --folds 8 --jobs 4
  nt resume backtest`,
  );
}
