import type { Command } from 'commander';
import { addReaderFlags } from '../options/data-options.ts';
import type { ForecastFlags } from './forecast.ts';
import { refuseWords } from './refuse-words.ts';

/** `nt forecast` */
export function defineForecast(command: Command): void {
  refuseWords(command);
  command
    .requiredOption('-m, --model <folder>', 'folder written by nt train')
    .option('-d, --data <file>', 'file to continue (default: the one it was trained on)')
    .option('-o, --output <file>', 'write the forecast as CSV (default: print it)')
    .option('--plot <file>', 'draw history and forecast as SVG')
    .option('--series <id>', 'the series to draw (default: the first)')
    .option('--no-sketch', 'no sketch in the terminal')
    .option('--json', 'print the forecast as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (flags: ForecastFlags) => {
      const { forecast } = await import('./forecast.ts');
      await forecast(flags);
    });
  addReaderFlags(command, true);
}
