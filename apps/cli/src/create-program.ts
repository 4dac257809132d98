import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { Outcome } from './outcome.ts';

interface Verb {
  readonly description: string;
  /** What users of the earlier system call it. */
  readonly alias?: string;
  /** Adds flags and action. */
  readonly define: (command: Command, outcome: Outcome) => Promise<void>;
}

const verbs: Readonly<Record<string, Verb>> = {
  train: {
    description: 'Train a forecaster on a file and write it to a folder.',
    alias: 'train-neural',
    define: async (command, outcome) => (await import('./commands/train-command.ts')).defineTrain(command, outcome),
  },
  evaluate: {
    description: 'Compare a model with the naive forecasts on data that it has not seen.',
    define: async (command) => (await import('./commands/evaluate-command.ts')).defineEvaluate(command),
  },
  forecast: {
    description: 'Forecast what comes after the end of a file.',
    alias: 'predict',
    define: async (command) => (await import('./commands/forecast-command.ts')).defineForecast(command),
  },
  backtest: {
    description: 'Forecast the past as it would have been forecast then, fold by fold.',
    define: async (command, outcome) =>
      (await import('./commands/backtest-command.ts')).defineBacktest(command, outcome),
  },
  optimize: {
    description: 'Search options of a network, within a time.',
    define: async (command, outcome) =>
      (await import('./commands/optimize-command.ts')).defineOptimize(command, outcome),
  },
  leakcheck: {
    description: 'Look for what a forecast cannot have known.',
    define: async (command, outcome) =>
      (await import('./commands/leakcheck-command.ts')).defineLeakcheck(command, outcome),
  },
  resume: {
    description: 'Go on with an interrupted training, backtest or search.',
    define: async (command, outcome) => (await import('./commands/resume-command.ts')).defineResume(command, outcome),
  },
  info: {
    description: 'Tell what a model folder or a data file is, and what can be done with it.',
    define: async (command) => (await import('./commands/info-command.ts')).defineInfo(command),
  },
  doctor: {
    description: 'Tell what this machine computes with, and what is missing.',
    define: async (command, outcome) => (await import('./commands/doctor-command.ts')).defineDoctor(command, outcome),
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
  // Not a value behind a flag of the program itself: it has none.
  const named = words.find((word) => Object.entries(verbs).some(([name, verb]) => [name, verb.alias].includes(word)));
  for (const [name, { description, alias, define }] of Object.entries(verbs)) {
    const command = program.command(name).description(description);
    if (alias !== undefined) command.alias(alias);
    if (named !== undefined && [name, alias].includes(named)) await define(command, outcome);
  }
  return program;
}
