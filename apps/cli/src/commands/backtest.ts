import { join } from 'node:path';
import type { SeriesSet } from '@nt/data';
import {
  type BacktestEvent,
  type BacktestOptions,
  type FoldForecasts,
  type PlanOptions,
  backtest as runBacktest,
  runSpec,
  type TradingOptions,
} from '@nt/forecast';
import type { ScriptEngine } from '@nt/report';
import { evaluationVerdict } from '@nt/report/words';
import { abortOnSignals } from '@nt/trainer/node';
import { backtestEstimator } from '../backtest-estimator.ts';
import { type BacktestFile, beginBacktest, checkFree, keepFold, readBacktest } from '../backtest-folder.ts';
import { toldEngine } from '../create-engine.ts';
import { checkRefit, foldName, foldPool, foldsAtOnce } from '../jobs/fold-pool.ts';
import { canGoOn, type JobPool } from '../jobs/job-pool.ts';
import { checkShareable, sharingOf } from '../jobs/sharing.ts';
import { trainingProgressOf } from '../jobs/training-progress-of.ts';
import { readData } from '../options/data-options.ts';
import { type JobsSettings, jobsGiven } from '../options/jobs-flags.ts';
import type { TrainFlags } from '../options/train-options.ts';
import { walkDefaults, walkGiven } from '../options/walk-flags.ts';
import { backtestCsv } from '../output/backtest-csv.ts';
import { backtestJson, backtestTables } from '../output/backtest-tables.ts';
import { type JobsProgress, jobsProgress } from '../output/jobs-progress.ts';
import { checkPictures, type PictureFlags } from '../output/pictures.ts';
import { stderrTerminal, type Terminal, tellResume, writeResult } from '../output/terminal.ts';
import { tradingVerdict } from '../output/trading-tables.ts';
import { checkFolder, writeFileSafely } from '../output-files.ts';
import { readToldData } from '../read-told-data.ts';
import { tellScript } from '../report/tell-script.ts';
import { trainJob } from '../train-job.ts';
import { UsageError } from '../usage-error.ts';
import { whileHolding } from '../while-holding.ts';

/** Flags of `nt backtest`: those of a training but its parts, and those of `walk-flags.ts`. */
export type BacktestFlags = Omit<TrainFlags, 'resume'> & JobsSettings & { readonly resume?: string };

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
  const job = await (flags.resume === undefined ? newJob(flags, terminal) : oldJob(flags.resume, flags, terminal));
  return whileHolding(job.folder, terminal, () => walkThrough(flags, job, terminal));
}

async function walkThrough(flags: BacktestFlags, job: Job, terminal: Terminal): Promise<number> {
  const { folder, file, set, finished, isResume } = job;
  const { run, walk, command } = file;
  const backend = await toldEngine(flags, command, 'recipe' in run ? {} : (run.plan as PlanOptions), terminal);
  const watch = abortOnSignals();
  const progress = jobsProgress(terminal, flags.json === true);
  // One after the other, the folder itself first; nothing is written before the library has accepted every option.
  let written: Promise<void> | undefined = isResume ? Promise.resolve() : undefined;
  let pool: JobPool<number, FoldForecasts> | undefined;
  try {
    const most = foldsAtOnce(walk);
    const begun = async (): Promise<unknown> => written;
    const address = flags.queue ?? command.queue;
    if (address !== undefined) {
      const { queuedFolds } = await import('../jobs/queued-pools.ts');
      const use = { address, settings: command, backend, folder, signal: watch.signal, begun, terminal };
      pool = await queuedFolds(file, use, most, progress);
    }
    const sharing = pool ? null : await sharingOf(backend, command, most, 'folds');
    if (sharing) {
      terminal.line(sharing.text);
      pool = foldPool({ ...sharing, folder, signal: watch.signal, begun }, progress);
    }
    let inTraining = 0;
    const tellHere = trainingProgressOf((how) => progress.tell(foldName(inTraining), { fold: inTraining }, how));
    const found = await runBacktest(backtestEstimator(run, backend, tellHere), set, {
      ...walk,
      finished,
      runner: pool,
      signal: watch.signal,
      onEvent: (event) => {
        inTraining = event.fold;
        tell(progress, event);
        const begins = event.type === 'fold-start' && !finished.some(({ fold }) => fold === event.fold);
        if (pool && begins) progress.terminal.line(`${foldName(event.fold)}: begun`);
        written ??= beginBacktest(folder, file);
        // What another process has run is kept by that.
        if (event.type !== 'fold-end' || event.isFinished || pool) return;
        written = written.then(() => keepFold(folder, event.forecasts));
        written.catch(() => {}); // awaited at the end, and told there
      },
    });
    progress.close();
    await written;
    await writeFileSafely(join(folder, 'forecasts.csv'), backtestCsv(found.table));
    const json = `${JSON.stringify(backtestJson(found), undefined, 2)}\n`;
    await writeFileSafely(join(folder, 'report.json'), json);
    if (flags.json) writeResult(json);
    else process.stdout.write(`${backtestTables(found, tradingIn(walk)).join('\n')}\n`);
    terminal.line(evaluationVerdict(found.evaluation));
    if (found.trading) for (const line of tradingVerdict(found.trading)) terminal.line(line);
    terminal.line(`written to ${folder}: report.json, forecasts.csv (every forecast beside what came)`);
    await tellScript(() => ({ kind: 'backtest', run, walk, engine: backend.name as ScriptEngine }));
    if (command.plot !== undefined || command.report !== undefined || terminal.isInteractive) {
      const { showBacktest } = await import('../report/show-backtest.ts');
      await showBacktest(found, file, await backend.describe(), flags.sketch, terminal);
    }
    return 0;
  } catch (error) {
    progress.close();
    await written;
    if (!watch.signal.aborted) {
      if (canGoOn(error)) tellResume(terminal, 'Finished folds are kept. Go on with:', folder);
      throw error;
    }
    if (written === undefined) terminal.line('Stopped; nothing was written yet.');
    else tellResume(terminal, 'Stopped; finished folds are kept. Go on with:', folder);
    return 130;
  } finally {
    await pool?.end();
    watch.dispose();
    await backend.dispose();
  }
}

async function newJob(flags: BacktestFlags, terminal: Terminal): Promise<Job> {
  const { resume: _, ...given } = flags;
  const job = await trainJob(given, 'nt backtest');
  const command = { ...job.command, ...jobsGiven(flags) };
  checkShareable(command, job.source);
  checkRefit(command, walkGiven(flags));
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
  const file: BacktestFile = { format: 'nt-backtest', version: 1, run, walk, command };
  return { folder: job.output, file, set, finished: [], isResume: false };
}

async function oldJob(folder: string, flags: PictureFlags & JobsSettings, terminal: Terminal): Promise<Job> {
  const { plot, report } = flags;
  const { job, finished } = await readBacktest(folder);
  const command = { ...job.command, ...jobsGiven(flags), ...(plot && { plot }), ...(report && { report }) };
  const file = { ...job, command };
  checkShareable(command, file.run.data.source);
  checkRefit(command, file.walk);
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

const tradingIn = ({ trading }: BacktestOptions): TradingOptions => (typeof trading === 'object' ? trading : {});

function tell({ terminal, end }: JobsProgress, event: BacktestEvent): void {
  if (event.type === 'fit-start') terminal.line(`fold ${event.fold + 1}: training ${event.method} …`);
  if (event.type !== 'fold-end') return;
  end(foldName(event.fold));
  const how = event.isFinished ? 'taken over' : 'done';
  terminal.line(`fold ${event.fold + 1} of ${event.folds} ${how}`);
}
