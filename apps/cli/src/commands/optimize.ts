import type { SeriesSet } from '@nt/data';
import { isPiped } from '@nt/data/node';
import {
  modelFactories,
  type Optimization,
  type OptimizeOptions,
  optimizeOptionTable,
  optimize as runSearch,
  type SearchSpace,
  type TrialJob,
  type TrialResult,
} from '@nt/forecast';
import { abortOnSignals } from '@nt/trainer/node';
import { toldEngine } from '../create-engine.ts';
import { canGoOn, type JobPool } from '../jobs/job-pool.ts';
import { checkShareable, sharingOf } from '../jobs/sharing.ts';
import { trialName, trialPool } from '../jobs/trial-pool.ts';
import { readData } from '../options/data-options.ts';
import { type JobsSettings, jobsGiven } from '../options/jobs-flags.ts';
import { type ReaderFlags, readerFlagsOf } from '../options/reader-flags.ts';
import { readerWords } from '../options/remedies-as-flags.ts';
import { searchGiven, typedOptions, usualSpace } from '../options/search-flags.ts';
import { shellText } from '../options/shell-text.ts';
import type { TrainFlags } from '../options/train-options.ts';
import { jobsProgress } from '../output/jobs-progress.ts';
import { leaderboardTable, testedLine, trialLine } from '../output/leaderboard.ts';
import { stderrTerminal, type Terminal, tellResume, writeResult } from '../output/terminal.ts';
import { checkFolder, writeFileSafely } from '../output-files.ts';
import { readToldData } from '../read-told-data.ts';
import {
  beginSearch,
  checkNoSearch,
  keepTrial,
  leaderboardIn,
  readSearch,
  type SearchFile,
  writeSearch,
} from '../search-folder.ts';
import { type NetworkJob, trainJob } from '../train-job.ts';
import { UsageError } from '../usage-error.ts';
import { whileHolding } from '../while-holding.ts';

/** Flags of `nt optimize`: those of a training, and those of `search-flags.ts`. */
export type OptimizeFlags = Omit<TrainFlags, 'resume'> &
  JobsSettings & {
    readonly resume?: string;
    readonly search?: SearchSpace;
  };

interface Job {
  readonly folder: string;
  readonly file: SearchFile;
  readonly set: SeriesSet;
  readonly finished: readonly TrialResult[];
  readonly isResume: boolean;
}

/**
 * Searches options of a network.
 *
 * @returns the exit code
 */
export async function optimize(flags: OptimizeFlags): Promise<number> {
  const terminal = stderrTerminal(flags.quiet === true);
  const job = await (flags.resume === undefined ? newJob(flags, terminal) : oldJob(flags.resume, flags, terminal));
  return whileHolding(job.folder, terminal, () => searchThrough(flags, job, terminal));
}

async function searchThrough(flags: OptimizeFlags, job: Job, terminal: Terminal): Promise<number> {
  const { folder, file, set, finished, isResume } = job;
  const { training } = file.options;
  const backend = await toldEngine(flags, file.command, training ?? {}, terminal);
  const watch = abortOnSignals();
  const progress = jobsProgress(terminal, flags.json === true);
  // One after the other, the folder itself first; nothing is written before the library has accepted every option.
  let written: Promise<void> | undefined = isResume ? Promise.resolve() : undefined;
  let pool: JobPool<TrialJob, TrialResult> | undefined;
  try {
    const trials = optimizeOptionTable.trials.decide('trials', file.options.trials, {});
    const begun = async (): Promise<unknown> => written;
    const address = flags.queue ?? file.command.queue;
    if (address !== undefined) {
      const { queuedTrials } = await import('../jobs/queued-pools.ts');
      const use = { address, settings: file.command, backend, folder, signal: watch.signal, begun, terminal };
      pool = await queuedTrials(file, use, trials, progress);
    }
    const sharing = pool ? null : await sharingOf(backend, file.command, trials, 'trials');
    if (sharing) {
      terminal.line(sharing.text);
      pool = trialPool({ ...sharing, folder, signal: watch.signal, begun }, progress);
    }
    const found = await runSearch(modelFactories[file.model], backend, set, {
      ...file.options,
      finished,
      runner: pool,
      signal: watch.signal,
      onEvent: (event) => {
        written ??= beginSearch(folder, file);
        if (event.type === 'trial-start') return;
        if (event.type === 'rates-tested') return progress.terminal.line(testedLine(event.tested));
        progress.end(trialName(event.result));
        progress.terminal.line(trialLine(event.result));
        // What another process has tried is kept by that.
        if (event.isFinished || pool) return;
        written = written.then(() => keepTrial(folder, event.result));
        written.catch(() => {}); // awaited at the end, and told there
      },
    });
    progress.close();
    await written;
    await tellFound(terminal, { folder, file, found, json: flags.json === true });
    return found.best === null ? 1 : 0;
  } catch (error) {
    progress.close();
    await written;
    if (!watch.signal.aborted) {
      if (canGoOn(error)) tellResume(terminal, 'Finished trials are kept. Go on with:', folder);
      throw error;
    }
    if (written === undefined) terminal.line('Stopped; nothing was written yet.');
    else tellResume(terminal, 'Stopped; finished trials are kept. Go on with:', folder);
    return 130;
  } finally {
    await pool?.end();
    watch.dispose();
    await backend.dispose();
  }
}

async function newJob(flags: OptimizeFlags, terminal: Terminal): Promise<Job> {
  const { resume: _, ...given } = flags;
  if (flags.preset !== undefined)
    throw new UsageError('--preset: nt optimize searches options of one network; leave it out.');
  if ('epochs' in flags) throw new UsageError('--epochs: trials are counted in updates; give --max-updates.');
  // A flag of one network is as good as any to say that there is one.
  const job = (await trainJob({ model: 'nhits', ...given }, 'nt optimize')) as NetworkJob;
  const command = { ...job.command, ...jobsGiven(flags) };
  checkShareable(command, job.source);
  checkSeconds(command, searchGiven(flags));
  await checkFolder(`--output ${job.output}`, job.output);
  checkNoSearch(job.output, flags.overwrite === true);
  const set = await readToldData(job, terminal);
  const { seed, ...forecaster } = job.forecaster;
  const { test, maxUpdates, split: __, ...training } = job.plan;
  const told = searchGiven(flags);
  const options: OptimizeOptions = {
    space: flags.search ?? usualSpace(job.model, forecaster.horizon, told['learningRateTest'] === true),
    forecaster,
    training,
    test,
    ...(maxUpdates && { maxUpdates }),
    ...(seed !== undefined && { seed }),
    ...told,
  };
  const data = { source: job.source, reading: set.reading, told: readerFlagsOf(flags) };
  const file: SearchFile = { format: 'nt-optimize', version: 1, data, model: job.model, options, command };
  return { folder: job.output, file, set, finished: [], isResume: false };
}

async function oldJob(folder: string, flags: OptimizeFlags, terminal: Terminal): Promise<Job> {
  const { job, finished } = await readSearch(folder);
  const command = { ...job.command, ...jobsGiven(flags) };
  checkShareable(command, job.data.source);
  const file = { ...job, options: { ...job.options, ...searchGiven(flags) }, command };
  checkSeconds(command, { ...file.options });
  // Told anew, it holds for whoever goes on later too.
  await writeSearch(folder, file);
  terminal.line(`going on: ${finished.length} results are there`);
  const set = await readData(file.data.source, file.data.reading);
  return { folder, file, set, finished, isResume: true };
}

/** Within a time, all trials at once would all be waited for. @throws UsageError */
function checkSeconds({ jobs, queue }: JobsSettings, { seconds }: Readonly<Record<string, unknown>>): void {
  if (queue === undefined || jobs !== undefined || typeof seconds !== 'number') return;
  throw new UsageError(
    `--seconds ${seconds}: with --queue say how many trials run at the same time, --jobs N, as many as there are workers.`,
  );
}

interface Found {
  readonly folder: string;
  readonly file: SearchFile;
  readonly found: Optimization;
  readonly json: boolean;
}

async function tellFound(terminal: Terminal, { folder, file, found, json }: Found): Promise<void> {
  const next = nextCommand(file, found);
  const written = `${JSON.stringify({ ...found, next }, undefined, 2)}\n`;
  await writeFileSafely(leaderboardIn(folder), written);
  if (json) writeResult(written);
  else process.stdout.write(`${leaderboardTable(found).join('\n')}\n`);
  const end = found.timedOut ? 'time is up' : 'all are done';
  terminal.line(
    `${found.trials} trials, ${end}; the best of many looks better than it is: judge it on the data kept back, which nt train does`,
  );
  terminal.line(`written to ${folder}: leaderboard.json`);
  if (next !== null) terminal.line(`next: ${next}`);
}

/** How the best is trained. */
function nextCommand({ data, model, options, command }: SearchFile, { best }: Optimization): string | null {
  if (best === null) return null;
  const { model: network = {}, ...forecaster } = best.forecaster;
  const all = { ...forecaster, ...best.training, ...(options.test !== undefined && { test: options.test }) };
  const { target } = data.reading;
  const told = readerWords({ ...(target !== undefined && { target }), ...data.told } as ReaderFlags);
  const engine = command.backend === undefined ? [] : ['--backend', command.backend];
  const source = isPiped(data.source) ? 'FILE' : data.source;
  const typed = [...engine, '--model', model, ...typedOptions(all, network), '-o', 'model'];
  return [
    'nt train -d',
    shellText(source),
    ...(told === '' ? [] : [told]),
    ...typed.map((word) => shellText(word)),
  ].join(' ');
}
