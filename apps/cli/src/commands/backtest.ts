import { join } from 'node:path';
import type { SeriesSet } from '@nt/data';
import {
  type BacktestEvent,
  type BacktestOptions,
  blendEstimator,
  type Estimator,
  type EstimatorOptions,
  estimatorOf,
  type FoldForecasts,
  type PlanOptions,
  type RunSpec,
  backtest as runBacktest,
  runSpec,
} from '@nt/forecast';
import { evaluationVerdict } from '@nt/report/words';
import type { Backend, Tensor } from '@nt/tensor';
import { abortOnSignals } from '@nt/trainer/node';
import { type BacktestFile, beginBacktest, checkFree, keepFold, readBacktest } from '../backtest-folder.ts';
import { toldEngine } from '../create-engine.ts';
import { createForecaster, type ModelName } from '../create-forecaster.ts';
import { readData } from '../options/data-options.ts';
import { shellText } from '../options/shell-text.ts';
import type { TrainFlags } from '../options/train-options.ts';
import { walkDefaults, walkGiven } from '../options/walk-flags.ts';
import { backtestCsv } from '../output/backtest-csv.ts';
import { backtestJson, backtestTables } from '../output/backtest-tables.ts';
import { checkPictures, type PictureFlags } from '../output/pictures.ts';
import { stderrTerminal, type Terminal, writeResult } from '../output/terminal.ts';
import { checkFolder, writeFileSafely } from '../output-files.ts';
import { readToldData } from '../read-told-data.ts';
import { trainJob } from '../train-job.ts';
import { UsageError } from '../usage-error.ts';

/** Flags of `nt backtest`: those of a training but its parts, and those of `walk-flags.ts`. */
export type BacktestFlags = Omit<TrainFlags, 'resume'> & { readonly resume?: string };

interface Job {
  readonly folder: string;
  readonly file: BacktestFile;
  readonly set: SeriesSet;
  readonly finished: readonly FoldForecasts[];
  readonly isResume: boolean;
}

/**
 * Walks through time, fold by fold, and keeps each.
 *
 * @returns the exit code
 */
export async function backtest(flags: BacktestFlags): Promise<number> {
  const terminal = stderrTerminal(flags.quiet === true);
  const { folder, file, set, finished, isResume } = await (flags.resume === undefined
    ? newJob(flags, terminal)
    : oldJob(flags.resume, flags, terminal));
  const { run, walk, command } = file;
  const backend = await toldEngine(flags, command, 'recipe' in run ? {} : (run.plan as PlanOptions), terminal);
  const watch = abortOnSignals();
  // One after the other, the folder itself first; nothing is written before the library has accepted every option.
  let written: Promise<void> | undefined = isResume ? Promise.resolve() : undefined;
  try {
    const found = await runBacktest(estimatorFor(run, backend), set, {
      ...walk,
      finished,
      signal: watch.signal,
      onEvent: (event) => {
        tell(terminal, event);
        written ??= beginBacktest(folder, file);
        if (event.type !== 'fold-end' || event.isFinished) return;
        written = written.then(() => keepFold(folder, event.forecasts));
        written.catch(() => {}); // awaited at the end, and told there
      },
    });
    await written;
    await writeFileSafely(join(folder, 'forecasts.csv'), backtestCsv(found.table));
    const json = `${JSON.stringify(backtestJson(found), undefined, 2)}\n`;
    await writeFileSafely(join(folder, 'report.json'), json);
    if (flags.json) writeResult(json);
    else process.stdout.write(`${backtestTables(found).join('\n')}\n`);
    terminal.line(evaluationVerdict(found.evaluation));
    terminal.line(`written to ${folder}: report.json, forecasts.csv (every forecast beside what came)`);
    if (command.plot !== undefined || command.report !== undefined || terminal.isInteractive) {
      const { showBacktest } = await import('../report/show-backtest.ts');
      await showBacktest(found, file, await backend.describe(), flags.sketch, terminal);
    }
    return 0;
  } catch (error) {
    await written;
    if (!watch.signal.aborted) throw error;
    const hasBegun = written !== undefined;
    terminal.line(hasBegun ? 'Stopped; finished folds are kept. Go on with:' : 'Stopped; nothing was written yet.');
    if (hasBegun) terminal.line(`  nt resume ${shellText(folder)}`);
    return 130;
  } finally {
    watch.dispose();
    await backend.dispose();
  }
}

/** What is trained in every fold: parts follow from the fold. */
function estimatorFor(run: RunSpec, backend: Backend<Tensor>): Estimator {
  if ('recipe' in run) {
    const { validation: _, test: __, ...recipe } = run.recipe;
    return blendEstimator(backend, recipe);
  }
  const { modelType, ...forecaster } = run.forecaster;
  const { validation: _, test: __, ...training } = run.plan;
  return estimatorOf(createForecaster(modelType as ModelName, forecaster, backend), training as EstimatorOptions);
}

async function newJob(flags: BacktestFlags, terminal: Terminal): Promise<Job> {
  const { resume: _, ...given } = flags;
  const job = await trainJob(given, 'nt backtest');
  if (walkGiven(flags)['recalibrate'] === true && !('recipe' in job))
    throw new UsageError(
      '--recalibrate: only a blend is recalibrated; leave it out, or the flags of a single network.',
    );
  await checkFolder(`--output ${job.output}`, job.output);
  await checkPictures(job.command);
  checkFree(job.output, flags.overwrite === true);
  const set = await readToldData(job, terminal);
  const data = { source: job.source, reading: set.reading };
  const run =
    'recipe' in job
      ? runSpec({ data, recipe: job.recipe })
      : runSpec({ data, forecaster: { modelType: job.model, ...job.forecaster }, plan: job.plan });
  const { horizon } = 'recipe' in run ? run.recipe : run.forecaster;
  const walk = walkOptions(walkGiven(flags), set, horizon);
  const { folds, testSize, validation } = walk;
  terminal.line(`${folds} folds, test parts of ${testSize} time steps, validation parts of ${validation} before them`);
  const file: BacktestFile = { format: 'nt-backtest', version: 1, run, walk, command: job.command };
  return { folder: job.output, file, set, finished: [], isResume: false };
}

async function oldJob(folder: string, { plot, report }: PictureFlags, terminal: Terminal): Promise<Job> {
  const { job, finished } = await readBacktest(folder);
  const file = { ...job, command: { ...job.command, ...(plot && { plot }), ...(report && { report }) } };
  await checkPictures(file.command);
  terminal.line(`going on: ${finished.length} of ${file.walk.folds} folds are done`);
  const set = await readData(file.run.data.source, file.run.data.reading);
  return { folder, file, set, finished, isResume: true };
}

/** Sizes that were not told follow from the data. */
function walkOptions(given: Record<string, unknown>, set: SeriesSet, horizon: number): BacktestOptions {
  const longest = set.lengths.reduce((most, length) => Math.max(most, length), 0);
  const { folds = walkDefaults.folds, ...rest } = given as Partial<BacktestOptions>;
  if ((rest.mode === 'rolling') !== (rest.trainSize !== undefined))
    throw new UsageError('--mode rolling and --train-size belong together: the last so many steps are trained on.');
  const share = Math.floor((walkDefaults.judgedPart * longest) / folds);
  const { testSize = Math.max(horizon, share) } = rest;
  const before = longest - (folds - 1) * (rest.step ?? testSize) - testSize;
  const validation = Math.max(horizon, Math.floor(walkDefaults.validationPart * before));
  return { validation, ...rest, folds, testSize };
}

function tell(terminal: Terminal, event: BacktestEvent): void {
  if (event.type === 'fit-start') terminal.line(`fold ${event.fold + 1}: training ${event.method} …`);
  if (event.type !== 'fold-end') return;
  const how = event.isFinished ? 'taken over' : 'done';
  terminal.line(`fold ${event.fold + 1} of ${event.folds} ${how}`);
}
