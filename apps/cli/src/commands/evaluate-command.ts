import type { Command } from 'commander';
import { addColumnOptions } from '../options/data-options.ts';
import { integer } from '../options/parse-number.ts';
import type { EvaluateFlags } from './evaluate.ts';

/** `nt evaluate` */
export function addEvaluateCommand(program: Command): void {
  const command = program
    .command('evaluate')
    .description('Compare a model with the naive forecasts on data that it has not seen.')
    .requiredOption('-m, --model <folder>', 'folder written by nt train')
    .option('-d, --data <file>', 'file with newer data (default: the one it was trained on)')
    .option('--target <column>', 'column to forecast (default: as trained)');
  addColumnOptions(command)
    .option('--season-length <steps>', 'time steps of a season (default: by frequency)', integer(1))
    .option('--json', 'print the result as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .action(async (flags: EvaluateFlags) => {
      const { evaluate } = await import('./evaluate.ts');
      await evaluate(flags);
    });
}
