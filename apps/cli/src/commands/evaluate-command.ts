import { metricNames } from '@nt/forecast/metrics';
import type { Command } from 'commander';
import { addReaderFlags } from '../options/data-options.ts';
import { addEngineFlags } from '../options/engine-flags.ts';
import { integer, listed, numbers } from '../options/parse-number.ts';
import { addTradingFlags } from '../options/trading-flags.ts';
import type { EvaluateFlags } from './evaluate.ts';
import { refuseWords } from './refuse-words.ts';

/** `nt evaluate` */
export function defineEvaluate(command: Command): void {
  refuseWords(command);
  command
    .requiredOption('-m, --model <folder>', 'folder written by nt train')
    .option(
      '-d, --data <file>',
      'newer data: a file, a folder, https://…, or - for what is piped in (default: those it was trained on)',
    )
    .option('--season-length <steps>', 'time steps of a season (default: by frequency)', integer(1))
    .option('--metrics <names>', `more columns: ${metricNames.join(', ')}`, listed(metricNames))
    .option('--levels <percents>', 'intervals to judge, 80,95 (default: all that the model has)', numbers(0, 100))
    .option('--plot <file>', 'draw the errors by step ahead (.svg or .png)')
    .option('--report <file>', 'write a page that tells all of it: comparison, intervals, training, data (.html)')
    .option('--no-sketch', 'no sketch in the terminal')
    .option('--json', 'print the result as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (flags: EvaluateFlags) => {
      const { evaluate } = await import('./evaluate.ts');
      await evaluate(flags);
    });
  addTradingFlags(command);
  addEngineFlags(command.optionsGroup('Engine:'));
  addReaderFlags(command, true);
}
