import { existsSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { renderReport } from '@nt/data';
import { isPiped, tableFormat } from '@nt/data/node';
import { type BlendExplanation, type BlendPredictor, FittedForecaster, isBlend, type Predictor } from '@nt/forecast';
import { loadModelFolder } from '@nt/forecast/node';
import { holdsBacktest, readBacktest } from '../backtest-folder.ts';
import { readData } from '../options/data-options.ts';
import { type ReaderFlags, readerFlagsOf } from '../options/reader-flags.ts';
import { readerWords, remediesAsFlags } from '../options/remedies-as-flags.ts';
import { shellText } from '../options/shell-text.ts';
import { blendLines } from '../output/blend-lines.ts';
import { aligned } from '../output/evaluation-table.ts';
import { short, whole } from '../output/numbers.ts';
import { printableLines } from '../output/terminal.ts';
import { inspectOutput } from '../output-folder.ts';
import { type RunFile, readRunFile, trainedOn } from '../run-file.ts';
import { holdsSearch, leaderboardIn, readSearch } from '../search-folder.ts';
import { UsageError } from '../usage-error.ts';

export interface InfoFlags extends ReaderFlags {
  readonly json?: boolean;
}

/** What there is to say: to people, and to programs. */
interface Told {
  readonly lines: readonly string[];
  readonly json: unknown;
}

/** Tells on stdout what a folder or a file is, and what can be done with it. */
export async function info(path: string, flags: InfoFlags): Promise<void> {
  const { lines, json } = await tell(path, flags);
  process.stdout.write(
    flags.json ? `${JSON.stringify(json, undefined, 2)}\n` : `${printableLines(lines.join('\n'))}\n`,
  );
}

async function tell(path: string, flags: InfoFlags): Promise<Told> {
  if (!existsSync(path) || !statSync(path).isDirectory()) return aboutData(path, flags);
  if (holdsBacktest(path)) return aboutBacktest(path);
  if (holdsSearch(path)) return aboutSearch(path);
  const { hasModel, hasCheckpoints } = await inspectOutput(path, undefined);
  if (hasModel) return aboutModel(path);
  if (hasCheckpoints) return aboutRun(path);
  if (await holdsData(path)) return aboutData(path, flags);
  throw new UsageError(
    `'${path}' holds no model, no interrupted training, no backtest and no search. Train one with nt train -o ${shellText(path)}.`,
  );
}

/** Whether a folder has files that could be read; one of several kinds is told so when it is read. */
async function holdsData(folder: string): Promise<boolean> {
  return (await readdir(folder)).some((name) => {
    try {
      return tableFormat(name) !== undefined;
    } catch {
      return false;
    }
  });
}

async function aboutData(path: string, flags: InfoFlags): Promise<Told> {
  const { report, target } = await readData(path, readerFlagsOf(flags));
  const isFound = flags.target === undefined && report.columns.targets.length === 1;
  const told = readerWords({ ...readerFlagsOf(flags), ...(isFound ? { target } : {}) });
  const next = `nt train -d ${isPiped(path) ? 'FILE' : shellText(path)} ${told}${told === '' ? '' : ' '}-o model`;
  const lines = renderReport(report).map((line) => remediesAsFlags(line));
  return { lines: [...lines, `next: ${next}`], json: { kind: 'data', report, next } };
}

async function aboutBacktest(folder: string): Promise<Told> {
  const { job, finished } = await readBacktest(folder);
  const isDone = existsSync(join(folder, 'report.json'));
  const { folds } = job.walk;
  const next = isDone ? null : `nt resume ${shellText(folder)}`;
  const lines = [
    `a backtest of ${job.run.data.source}: ${finished.length} of ${folds} folds are done`,
    ...(next === null ? [`its result: ${join(folder, 'report.json')}, ${join(folder, 'forecasts.csv')}`] : []),
    ...(next === null ? [] : [`next: ${next}`]),
  ];
  return { lines, json: { kind: 'backtest', folds, finished: finished.length, isDone, run: job.run, next } };
}

async function aboutSearch(folder: string): Promise<Told> {
  const { job, finished } = await readSearch(folder);
  const isDone = existsSync(leaderboardIn(folder));
  const next = isDone ? null : `nt resume ${shellText(folder)}`;
  const lines = [
    `a search of options of ${job.model} on ${job.data.source}: ${finished.length} results`,
    isDone ? `its result: ${leaderboardIn(folder)}` : `next: ${next}`,
  ];
  return { lines, json: { kind: 'search', results: finished.length, isDone, options: job.options, next } };
}

async function aboutRun(folder: string): Promise<Told> {
  const run = await readRunFile(folder);
  const next = `nt resume ${shellText(folder)}`;
  const lines = [`an interrupted training of ${whatTrains(run)} ahead`, `next: ${next}`];
  return { lines, json: { kind: 'run', run, next } };
}

function whatTrains(run: RunFile): string {
  const { source } = run.data;
  if ('recipe' in run) return `a blend (preset ${run.recipe.preset}) on ${source}: ${run.recipe.horizon} time steps`;
  const { modelType, horizon, inputSize } = run.forecaster;
  return `${modelType} on ${source}: ${inputSize} time steps in, ${horizon}`;
}

async function aboutModel(folder: string): Promise<Told> {
  const { createCpuBackend } = await import('@nt/backend-cpu');
  const backend = await createCpuBackend({ threads: 1 });
  let model: Predictor | undefined;
  try {
    model = await loadModelFolder(backend, folder);
    const { source } = await trainedOn(folder);
    const next = `nt forecast -m ${shellText(folder)}${source === undefined || isPiped(source) ? ' -d FILE' : ''}`;
    const bytes = await sizeOf(folder);
    const { method, horizon, quantiles } = model;
    const common = { kind: 'model', method, horizon, quantiles, bytes, source: source ?? null, next };
    const start = `a model: ${method}, ${horizon} time steps ahead; ${whole(bytes / 1024)} KiB on disk`;
    const own = await aboutPredictor(model);
    const trained = source === undefined ? [] : [`trained on ${isPiped(source) ? 'data that were piped in' : source}`];
    return {
      lines: [start, ...trained, ...own.lines, `next: ${next}`],
      json: { ...common, ...(own.json as object) },
    };
  } finally {
    model?.dispose();
    await backend.dispose();
  }
}

async function aboutPredictor(model: Predictor): Promise<Told> {
  if (isBlend(model)) return aboutBlend(model);
  return model instanceof FittedForecaster ? aboutNetwork(model) : { lines: [], json: {} };
}

function aboutBlend(model: BlendPredictor): Told {
  const description = model.describe();
  const { trainedOn, evaluation } = model;
  const lines = [
    ...blendLines(description as unknown as BlendExplanation),
    ...(trainedOn ? [`files are read with ${JSON.stringify(trainedOn.reading)}`] : []),
    ...judgedLines(evaluation),
  ];
  return { lines, json: { reading: trainedOn?.reading ?? null, description, evaluation } };
}

function judgedLines(evaluation: unknown): readonly string[] {
  const rows = (evaluation as { readonly rows?: readonly Judged[] } | null)?.rows ?? [];
  if (rows.length === 0) return [];
  const cells = rows.map(({ method, mae }) => [method, mae === null ? '–' : short(mae)]);
  return ['MAE on the data kept back:', ...aligned(cells).map((line) => `  ${line}`)];
}

async function aboutNetwork(model: FittedForecaster): Promise<Told> {
  const { state, records } = model;
  const { target, historic, future, static: fixed, reading, seenUntil } = state.data;
  const parameters = Object.values(await model.saveWeights()).reduce((sum, { data }) => sum + data.length, 0);
  const covariates = Object.entries({ historic, future, static: fixed }).filter(([, names]) => names.length > 0);
  const lines = [
    `looks back ${state.forecaster.inputSize} time steps; ${whole(parameters)} parameters; loss ${state.loss.name}`,
    `target ${target}, ${whole(Object.keys(seenUntil).length)} series; ${covariates.map(([kind, names]) => `${kind} ${names.join(', ')}`).join('; ') || 'no covariates'}`,
    `files are read with ${JSON.stringify(reading)}`,
    ...judgedLines(records.evaluation),
  ];
  return { lines, json: { parameters, reading, description: model.describe(), evaluation: records.evaluation } };
}

interface Judged {
  readonly method: string;
  readonly mae: number | null;
}

async function sizeOf(folder: string): Promise<number> {
  // Members lie in folders of their own.
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name))));
  return sizes.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
}
