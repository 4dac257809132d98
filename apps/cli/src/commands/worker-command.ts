import type { Command } from 'commander';
import { integer, number } from '../options/parse-number.ts';
import type { Outcome } from '../outcome.ts';
import { refuseWords } from './refuse-words.ts';
import type { WorkerFlags } from './worker.ts';

/** `nt worker` */
export function defineWorker(command: Command, outcome: Outcome): void {
  refuseWords(command);
  command
    .requiredOption('--queue <address>', 'where jobs come from: a folder, redis://…, rediss://… or postgres://…')
    .option('--jobs <n>', 'jobs that run at the same time, each in a process of its own', integer(1), 1)
    .option(
      '--threads <n>',
      'threads that compute, shared by all --jobs, one each at least (default: NT_THREADS, else one for each processor, at most 8)',
      integer(1),
    )
    .option('--idle <seconds>', 'leave when there was nothing to do for so long (default: stay)', number(0))
    .option('--once', 'leave after one job, or when there is none; exit code 42: it would fail again')
    .option('--lease <seconds>', 'a worker silent for so long is lost, and its job goes to another', number(1), 30)
    .option(
      '--checkpoints <folder>',
      'where trainings are kept, on a disk that all workers share: when a worker is lost another goes on with them (default: in a queue that is a folder; with a server nowhere)',
    )
    .option(
      '--checkpoint-every <updates>',
      'updates between checkpoints (default: by time, every 10 s or more)',
      integer(1),
    )
    .option('--quiet', 'print nothing but errors')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (flags: WorkerFlags) => {
      const { worker } = await import('./worker.ts');
      outcome.exitCode = await worker(flags);
    })
    .addHelpText(
      'after',
      `
Workers run folds, trials and shards of nt backtest, nt optimize and nt forecast
with --queue, and nothing else that a queue may hold; their version is that of
the client. They read data and models by their path on a disk that all share,
and refuse files that are not those of the client. A password stands in the
address, or in NT_QUEUE_PASSWORD. Ctrl-C gives back what is running, with exit
code 0.

Example:
  nt worker --queue redis://queue.example:6379 --jobs 4
  nt worker --queue /shared/queue --idle 60`,
    );
}
