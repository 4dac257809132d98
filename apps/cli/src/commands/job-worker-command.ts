import { Argument, Command } from 'commander';
import type { OneEngine } from '../engine-names.ts';
import type { WorkKind } from '../jobs/job-pool.ts';
import type { OpenWork } from '../jobs/serve-jobs.ts';
import type { Outcome } from '../outcome.ts';

const works: Readonly<Record<WorkKind, (folder: string, engine: OneEngine) => Promise<OpenWork>>> = {
  backtest: async (folder, engine) => (await import('../jobs/backtest-work.ts')).backtestWork(folder, engine),
  optimize: async (folder, engine) => (await import('../jobs/search-work.ts')).searchWork(folder, engine),
  forecast: async (folder, engine) => (await import('../jobs/forecast-work.ts')).forecastWork(folder, engine),
};

/** `nt job-worker`, which is not for people: it runs jobs of a folder, or of a queue, for the process that has started it. */
export function jobWorkerCommand(outcome: Outcome): Command {
  return new Command('job-worker')
    .exitOverride()
    .addArgument(new Argument('<kind>').choices([...Object.keys(works), 'queued']))
    .argument('[folder]')
    .argument('[engine]')
    .action(async (kind: WorkKind | 'queued', folder = '', engine: OneEngine = 'cpu') => {
      const { serveJobs } = await import('../jobs/serve-jobs.ts');
      const open =
        kind === 'queued' ? (await import('../jobs/serve-queued.ts')).serveQueued : await works[kind](folder, engine);
      outcome.exitCode = await serveJobs(open);
    });
}
