import { forecastEndings } from '../output/forecast-endings.ts';

/** What a path argument names. */
export type PathUse = 'data' | 'model' | 'run' | 'anything' | 'new-folder' | 'new-file';

/** Endings of files that a call may write, by verb and argument: nothing else is replaced by mistake. */
export function endingsOf({ verb }: VerbTool, argument: string): readonly string[] {
  if (argument === 'plot') return ['.svg', '.png'];
  if (argument === 'report') return ['.html'];
  return verb === 'export' ? ['.onnx', '.safetensors'] : forecastEndings;
}

/** A verb as agents are offered it. Its arguments, their help and defaults are those of the verb's own options. */
export interface VerbTool {
  readonly verb: string;
  readonly title: string;
  readonly description: string;
  readonly required: readonly string[];
  readonly paths: Readonly<Record<string, PathUse>>;
  /** Said of an argument in place of the verb's help. */
  readonly help?: Readonly<Record<string, string>>;
  /** What it does to files: nothing, or new ones. */
  readonly writes: boolean;
}

const pictures = { plot: 'new-file', report: 'new-file' } as const;
const usesModel = { model: 'model', data: 'data' } as const;

/** The tools that are verbs of the command, by name. */
export const verbTools: Readonly<Record<string, VerbTool>> = {
  profile: {
    verb: 'info',
    title: 'Profile a data file',
    description:
      'Tells how a data file (CSV, Parquet, Arrow, JSON, tsf) is read: time and target column, frequency, gaps, missing and odd values, and which call comes next. Begin with it.',
    required: ['path'],
    paths: { path: 'data' },
    help: { path: 'a data file (.csv .parquet .json …), a folder of them, or several as "prices/*.csv"' },
    writes: false,
  },
  train: {
    verb: 'train',
    title: 'Train a forecaster',
    description:
      'Trains a forecaster on a data file, judges it on the newest part of the data against naive forecasts, and writes a model folder. Name target and horizon; without more it is a blend that takes minutes (preset "fast": less). evaluation.skill.verdict is better, worse or unclear: if nothing beats the naive rule, say so.',
    required: ['data'],
    paths: { data: 'data', output: 'new-folder', ...pictures },
    writes: true,
  },
  forecast: {
    verb: 'forecast',
    title: 'Forecast',
    description:
      'Forecasts what comes after the end of the data and writes it to a file (.csv .tsv .json .jsonl .parquet .arrow .feather). The answer summarises it; the values are in the file.',
    required: ['model', 'output'],
    paths: { ...usesModel, futureData: 'data', output: 'new-file', ...pictures },
    writes: true,
  },
  evaluate: {
    verb: 'evaluate',
    title: 'Evaluate a model',
    description:
      'Compares a model with the naive forecasts on data that it has not seen: the part kept back in training, or newer data.',
    required: ['model'],
    paths: { ...usesModel, ...pictures },
    writes: true,
  },
  backtest: {
    verb: 'backtest',
    title: 'Backtest',
    description:
      'Forecasts the past as it would have been forecast then, fold by fold, trained anew in each: whether a forecast can be relied on. Writes a folder with report.json and forecasts.csv. Takes as long as as many trainings as there are folds.',
    required: ['data'],
    paths: { data: 'data', output: 'new-folder', ...pictures },
    writes: true,
  },
  leakcheck: {
    verb: 'leakcheck',
    title: 'Look for leaks',
    description:
      'Looks whether a forecast depends on what it cannot have known: changes the future, trains again, compares bit for bit. passed is false when something leaks. Use one small network (model "nhits", maxUpdates 50) to be quick.',
    required: ['data'],
    paths: { data: 'data' },
    writes: false,
  },
  info: {
    verb: 'info',
    title: 'What is in a folder',
    description:
      'Tells what a model folder, an interrupted run, a backtest or a data file is, how good it was, and which call comes next.',
    required: ['path'],
    paths: { path: 'anything' },
    writes: false,
  },
  export: {
    verb: 'export',
    title: 'Export a model',
    description: 'Writes a network or a ridge as ONNX or safetensors for other programs.',
    required: ['model', 'output'],
    paths: { model: 'model', output: 'new-file' },
    writes: true,
  },
  resume: {
    verb: 'resume',
    title: 'Go on with an interrupted run',
    description:
      'Goes on with a training, backtest or search that was cancelled or broke off, to the same bits as if it had not been.',
    required: ['folder'],
    paths: { folder: 'run' },
    writes: true,
  },
};

/** Options of verbs that are not for agents, and why; none of them is offered. */
export const refusedOptions: Readonly<Record<string, string>> = {
  sql: 'a query could read other files; ask for the data as a file',
  on: 'commands of the system are run by people only',
  onTimeout: 'commands of the system are run by people only',
  onFailure: 'commands of the system are run by people only',
  config: 'give the options themselves as arguments',
  set: 'give the option itself as an argument',
  checkpointDir: 'checkpoints are kept in the output folder',
  logCsv: 'the output folder holds history.csv',
  logJsonl: 'the output folder holds history.csv',
  tensorboard: 'the output folder holds history.csv',
  logEvery: 'the output folder holds history.csv',
  gpu: 'say backend: "auto"',
  mixedPrecision: 'say precision',
  json: 'answers are JSON',
  quiet: 'what is told on the way stands in notes',
  sketch: 'there is no terminal; plot draws a file',
  debug: 'errors carry code and details',
  resume: 'the tool resume goes on with a folder',
};
