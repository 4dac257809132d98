import { type Command, InvalidArgumentError } from 'commander';
import { withoutPassword } from '../jobs/queue-address.ts';
import { integer } from './parse-number.ts';
import { reading } from './value-kind.ts';

/** How much runs at the same time, and where: flags, and what is remembered of them. */
export interface JobsSettings {
  readonly jobs?: number | undefined;
  readonly threads?: number | undefined;
  /** The address of the queue whose workers run the jobs. */
  readonly queue?: string | undefined;
  /** How often a job of the queue is tried. */
  readonly attempts?: number | undefined;
}

/** More processes than this are a mistyped number. */
const mostJobs = 64;

const defaults = { jobs: '1', threads: 'NT_THREADS, else one for each processor, at most 8' };

/** How often a job of a queue is tried unless told otherwise. */
export const usualAttempts = 5;

/** Adds `--jobs`, `--threads`, `--queue` and `--attempts`. @param what `folds`; @param without what holds when they are not given */
export function addJobsFlags(
  command: Command,
  what: string,
  without: Readonly<Record<keyof typeof defaults, string>> = defaults,
): Command {
  return command
    .optionsGroup('Processes:')
    .option(
      '--jobs <n>',
      `${what} that run at the same time, each in a process of its own (default: ${without.jobs})`,
      jobs,
    )
    .option(
      '--threads <n>',
      `threads that compute, shared by all --jobs, one each at least (default: ${without.threads})`,
      integer(1),
    )
    .option(
      '--queue <address>',
      `have nt worker run the ${what}: a folder, redis://… or postgres://…; --jobs is then how many wait or run (default: all)`,
    )
    .option(
      '--attempts <n>',
      `how often a job of --queue is begun before it has failed (default: ${usualAttempts})`,
      integer(1),
    );
}

/** What of it was told. */
export const jobsGiven = ({ jobs, threads, queue, attempts }: JobsSettings): JobsSettings => ({
  ...(jobs !== undefined && { jobs }),
  ...(threads !== undefined && { threads }),
  ...(queue !== undefined && { queue: withoutPassword(queue) }),
  ...(attempts !== undefined && { attempts }),
});

const jobs: (text: string) => number = reading(readJobs, { type: 'integer', minimum: 1, maximum: mostJobs });

function readJobs(text: string): number {
  const count = Number(text);
  if (text.trim() !== '' && Number.isInteger(count) && count >= 1 && count <= mostJobs) return count;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${mostJobs}.`);
}
