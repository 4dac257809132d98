import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { Outcome } from './outcome.ts';
import type { Verbs } from './verbs.ts';

interface Verb {
  readonly description: string;
  /** What users of the earlier system call it. */
  readonly alias?: string;
  /** Whether its options can stand in a configuration. */
  readonly hasSettings?: boolean;
  /** Adds flags and action. */
  readonly define: (command: Command, outcome: Outcome, verbs: Verbs) => Promise<void>;
}

const verbs: Readonly<Record<string, Verb>> = {
  train: {
    description: 'Train a forecaster on a file and write it to a folder.',
    alias: 'train-neural',
    hasSettings: true,
    define: async (command, outcome) => (await import('./commands/train-command.ts')).defineTrain(command, outcome),
  },
  evaluate: {
    description: 'Compare a model with the naive forecasts on data that it has not seen.',
    hasSettings: true,
    define: async (command) => (await import('./commands/evaluate-command.ts')).defineEvaluate(command),
  },
  forecast: {
    description: 'Forecast what comes after the end of a file.',
    alias: 'predict',
    hasSettings: true,
    define: async (command, outcome) =>
      (await import('./commands/forecast-command.ts')).defineForecast(command, outcome),
  },
  backtest: {
    description: 'Forecast the past as it would have been forecast then, fold by fold.',
    hasSettings: true,
    define: async (command, outcome) =>
      (await import('./commands/backtest-command.ts')).defineBacktest(command, outcome),
  },
  optimize: {
    description: 'Search options of a network, within a time.',
    hasSettings: true,
    define: async (command, outcome) =>
      (await import('./commands/optimize-command.ts')).defineOptimize(command, outcome),
  },
  leakcheck: {
    description: 'Look for what a forecast cannot have known.',
    hasSettings: true,
    define: async (command, outcome) =>
      (await import('./commands/leakcheck-command.ts')).defineLeakcheck(command, outcome),
  },
  resume: {
    description: 'Go on with an interrupted training, backtest or search.',
    define: async (command, outcome) => (await import('./commands/resume-command.ts')).defineResume(command, outcome),
  },
  worker: {
    description: 'Run jobs of a queue, of backtests and searches begun elsewhere.',
    define: async (command, outcome) => (await import('./commands/worker-command.ts')).defineWorker(command, outcome),
  },
  jobs: {
    description: 'Tell how far a queue is, or write what starts its workers on a cluster.',
    define: async (command) => (await import('./commands/jobs-command.ts')).defineJobs(command),
  },
  info: {
    description: 'Tell what a model folder or a data file is, and what can be done with it.',
    define: async (command) => (await import('./commands/info-command.ts')).defineInfo(command),
  },
  convert: {
    description: 'Make a model of a folder that neuralforecast has saved.',
    define: async (command) => (await import('./commands/convert-command.ts')).defineConvert(command),
  },
  export: {
    description: 'Write a model as other programs take it: ONNX, safetensors.',
    define: async (command) => (await import('./commands/export-command.ts')).defineExport(command),
  },
  config: {
    description: 'Show what the options of a verb come to, or their JSON Schema.',
    define: async (command, _, all) => (await import('./commands/config-command.ts')).defineConfig(command, all),
  },
  completions: {
    description: 'Print what completes the command in a shell.',
    define: async (command, _, all) =>
      (await import('./commands/completions-command.ts')).defineCompletions(command, all),
  },
  mcp: {
    description: 'Serve agents (Model Context Protocol), inside the folders that you name.',
    define: async (command, outcome, all) =>
      (await import('./commands/mcp-command.ts')).defineMcp(command, outcome, all),
  },
  bench: {
    description: 'Measure the engines of this machine: windows per second.',
    define: async (command, outcome) => (await import('./commands/bench-command.ts')).defineBench(command, outcome),
  },
  doctor: {
    description: 'Tell what this machine computes with, and what is missing.',
    define: async (command, outcome) => (await import('./commands/doctor-command.ts')).defineDoctor(command, outcome),
  },
};

/** Verbs whose options can stand in a configuration. */
const configurable: readonly string[] = Object.keys(verbs).filter((name) => verbs[name]!.hasSettings);

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
  for (const [name, { description, alias }] of Object.entries(verbs)) {
    const command = program.command(name).description(description);
    if (alias !== undefined) command.alias(alias);
    if (named !== undefined && [name, alias].includes(named)) await addFlags(command, name, outcome);
  }
  if (words[0] === 'job-worker') {
    const { jobWorkerCommand } = await import('./commands/job-worker-command.ts');
    program.addCommand(jobWorkerCommand(outcome), { hidden: true });
  }
  if (words[0] === 'call-worker') {
    const { callWorkerCommand } = await import('./commands/call-worker-command.ts');
    program.addCommand(callWorkerCommand(outcome, allVerbs(outcome)), { hidden: true });
  }
  return program;
}

/** All verbs, as those that speak of the others know them. */
export const allVerbs = (outcome: Outcome): Verbs => ({
  names: Object.keys(verbs),
  configurable,
  build: async (name) => {
    const { description, alias } = verbs[name]!;
    const built = new Command(name).description(description).exitOverride();
    if (alias !== undefined) built.alias(alias);
    await addFlags(built, name, outcome);
    return built;
  },
});

async function addFlags(command: Command, name: string, outcome: Outcome): Promise<void> {
  const { define, hasSettings } = verbs[name]!;
  await define(command, outcome, allVerbs(outcome));
  if (hasSettings) (await import('./options/add-settings.ts')).addSettings(command, configurable);
  // Behind the settings, which may name files as well.
  command.hook('preAction', async () => (await import('./check-overwrites.ts')).checkOverwrites(command));
}
