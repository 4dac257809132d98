import type { Command } from 'commander';
import { addReaderFlags } from '../options/data-options.ts';
import { addEngineFlags } from '../options/engine-flags.ts';
import type { ForecastFlags } from '../options/forecast-flags.ts';
import { addJobsFlags } from '../options/jobs-flags.ts';
import { integer, numbers } from '../options/parse-number.ts';
import type { Outcome } from '../outcome.ts';
import { forecastEndings } from '../output/forecast-endings.ts';
import { refuseWords } from './refuse-words.ts';

/** `nt forecast` */
export function defineForecast(command: Command, outcome: Outcome): void {
  refuseWords(command);
  command
    .requiredOption('-m, --model <folder>', 'folder written by nt train')
    .option(
      '-d, --data <file>',
      'data to continue: a file, a folder, https://…, or - for what is piped in (default: those it was trained on)',
    )
    .option(
      '--horizon <steps>',
      "time steps to forecast (default: the model's); beyond these, forecasts go on from forecasts",
      integer(1),
    )
    .option('--levels <percents>', 'intervals, 80,95 (default: all that the model has)', numbers(0, 100))
    .option('--quantiles <shares>', 'quantiles in place of intervals, 0.1,0.9', numbers(0, 1))
    .option(
      '--future-data <file>',
      'file with the covariates known ahead, read with the same columns (default: the rows behind the last target)',
    )
    .option(
      '-o, --output <file>',
      `write the forecast, as its ending says: ${forecastEndings.join(' ')} (default: print it as CSV)`,
    )
    .option('--plot <file>', 'draw history and forecast (.svg or .png)')
    .option('--report <file>', 'write a page that tells all of it: forecast, what it is made of, comparison (.html)')
    .option('--series <id>', 'the series to draw (default: the first)')
    .option(
      '--shards <n>',
      'read and forecast the series in so many parts (default: as many as memory asks for)',
      integer(1),
    )
    .option('--no-sketch', 'no sketch in the terminal')
    .option('--json', 'print the forecast as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (flags: ForecastFlags) => {
      const { forecast } = await import('./forecast.ts');
      outcome.exitCode = await forecast(flags);
    });
  addEngineFlags(command.optionsGroup('Engine:'));
  addJobsFlags(command, 'shards');
  addReaderFlags(command, true);
  command.addHelpText(
    'after',
    `
Many series in Parquet files that are sorted by id and time are forecast in
shards, so that not all are in memory: with --shards, --jobs or --queue, and by
itself from 2 million rows on. It needs -o, with .csv, .tsv, .jsonl or .parquet.
Finished shards are kept beside the output; nt resume goes on.

Example:
  nt forecast -m model -d prices.csv -o forecast.csv
  nt forecast -m model -d panel.parquet -o forecast.parquet --jobs 4
  nt resume forecast.parquet.shards`,
  );
}
