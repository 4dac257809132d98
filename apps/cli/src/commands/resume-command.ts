import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { addHookFlags, type HookFlags } from '../options/hook-flags.ts';
import { addJobsFlags, type JobsSettings, jobsGiven } from '../options/jobs-flags.ts';
import type { Outcome } from '../outcome.ts';
import { UsageError } from '../usage-error.ts';

interface ResumeFlags extends HookFlags, JobsSettings {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `nt resume` */
export function defineResume(command: Command, outcome: Outcome): void {
  command
    .argument(
      '<folder>',
      'folder of an interrupted nt train, nt backtest or nt optimize, or the .shards of an nt forecast',
    )
    .option('--json', 'print the result as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (folder: string, flags: ResumeFlags) => {
      outcome.exitCode = await resume(folder, flags);
    })
    .addHelpText(
      'after',
      `
Everything that was told then is remembered. A training ends with the same bits
as if it had not been interrupted; of a backtest, finished folds are kept, of a
search finished trials, of a forecast finished shards. Commands of --on are not
remembered: a folder may have come from elsewhere.

Example:
  nt resume model
  nt resume backtest
  nt resume forecast.csv.shards`,
    );
  addHookFlags(command);
  addJobsFlags(command, 'folds, trials or shards', { jobs: 'as before', threads: 'as before' });
}

async function resume(folder: string, flags: ResumeFlags): Promise<number> {
  const { holdsBacktest } = await import('../backtest-folder.ts');
  if (holdsBacktest(folder)) {
    refuseHooks('a backtest', flags);
    const { backtest } = await import('./backtest.ts');
    return backtest({ ...flags, output: folder, resume: folder } as Parameters<typeof backtest>[0]);
  }
  const { holdsSearch } = await import('../search-folder.ts');
  if (holdsSearch(folder)) {
    refuseHooks('a search', flags);
    const { optimize } = await import('./optimize.ts');
    return optimize({ ...flags, output: folder, resume: folder } as Parameters<typeof optimize>[0]);
  }
  const { holdsForecast, readForecast } = await import('../shards/shard-folder.ts');
  if (holdsForecast(folder)) {
    refuseHooks('a forecast', flags);
    const { forecast } = await import('./forecast.ts');
    return forecast({ ...(await readForecast(folder)).flags, ...flags }, true);
  }
  const { holdsRun } = await import('../run-file.ts');
  if (!(await holdsRun(folder))) throw new UsageError(nothingIn(folder));
  const [told] = Object.entries(jobsGiven(flags));
  if (told !== undefined)
    throw new UsageError(`--${told.join(' ')}: a training is one process; leave it out (NT_THREADS says its threads).`);
  const { train } = await import('./train.ts');
  return train({ ...flags, output: folder, resume: folder } as Parameters<typeof train>[0]);
}

const nothingIn = (folder: string): string =>
  existsSync(folder)
    ? `'${folder}' holds no run of nt train, nt backtest, nt optimize or nt forecast to go on with (no readable run.json, backtest.json, optimize.json or forecast.json).`
    : `There is no folder '${folder}', so that it holds no run to go on with; check the path.`;

function refuseHooks(what: string, { on }: HookFlags): void {
  if (on !== undefined) throw new UsageError(`--on: ${what} has no hooks; those of a training hear of it.`);
}
