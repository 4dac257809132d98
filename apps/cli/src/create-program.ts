import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addEvaluateCommand } from './commands/evaluate-command.ts';
import { addForecastCommand } from './commands/forecast-command.ts';
import { addTrainCommand } from './commands/train-command.ts';

/** The command line: what there is and how it is called. Commands load what they need only when they run. */
export function createProgram(): Command {
  const program = new Command('nt')
    .description('Train N-HiTS forecasters on your own time series, and use them.')
    .version(manifest.version)
    .showHelpAfterError('(run the command with --help to see its options)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Example:
  nt train -d prices.csv --target close -o model
  nt evaluate -m model -d prices.csv
  nt forecast -m model -d prices.csv -o forecast.csv --plot forecast.svg`,
    );
  addTrainCommand(program);
  addEvaluateCommand(program);
  addForecastCommand(program);
  return program;
}
