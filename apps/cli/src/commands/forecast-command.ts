import type { Command } from 'commander';
import { addColumnOptions } from '../options/data-options.ts';
import type { ForecastFlags } from './forecast.ts';

/** `nt forecast` */
export function addForecastCommand(program: Command): void {
  const command = program
    .command('forecast')
    .description('Forecast what comes after the end of a file.')
    .requiredOption('-m, --model <folder>', 'folder written by nt train')
    .option('-d, --data <file>', 'file to continue (default: the one it was trained on)')
    .option('--target <column>', 'column to forecast (default: as trained)');
  addColumnOptions(command)
    .option('-o, --output <file>', 'write the forecast as CSV (default: print it)')
    .option('--plot <file>', 'draw history and forecast as SVG')
    .option('--series <id>', 'the series to draw (default: the first)')
    .option('--no-sketch', 'no sketch in the terminal')
    .option('--json', 'print the forecast as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .action(async (flags: ForecastFlags) => {
      const { forecast } = await import('./forecast.ts');
      await forecast(flags);
    });
}
