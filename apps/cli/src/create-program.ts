import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { Outcome } from './outcome.ts';

interface Verb {
  readonly description: string;
  /** Adds flags and action. */
  readonly define: (command: Command, outcome: Outcome) => Promise<void>;
}

const verbs: Readonly<Record<string, Verb>> = {
  train: {
    description: 'Train a forecaster on a file and write it to a folder.',
    define: async (command, outcome) => (await import('./commands/train-command.ts')).defineTrain(command, outcome),
  },
  evaluate: {
    description: 'Compare a model with the naive forecasts on data that it has not seen.',
    define: async (command) => (await import('./commands/evaluate-command.ts')).defineEvaluate(command),
  },
  forecast: {
    description: 'Forecast what comes after the end of a file.',
    define: async (command) => (await import('./commands/forecast-command.ts')).defineForecast(command),
  },
};

/**
 * The command line: what there is and how it is called. Only the verb that `words` name gets its flags, as these come
 * from libraries that take a second to load.
 */
export async function createProgram(words: readonly string[], outcome: Outcome): Promise<Command> {
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
  const named = words.find((word) => Object.hasOwn(verbs, word));
  for (const [name, { description, define }] of Object.entries(verbs)) {
    const command = program.command(name).description(description);
    if (name === named) await define(command, outcome);
  }
  return program;
}
