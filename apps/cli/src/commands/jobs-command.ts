import type { Command } from 'commander';
import { integer } from '../options/parse-number.ts';
import type { JobsFlags } from './jobs.ts';

/** `nt jobs` */
export function defineJobs(command: Command): void {
  command
    .argument('<action>', 'status, or emit')
    .argument('[cluster]', 'of emit: k8s or ray')
    .requiredOption('--queue <address>', 'the queue: a folder, redis://…, rediss://… or postgres://…')
    .option('--workers <n>', 'workers to start (emit)', integer(1), 4)
    .option('--jobs <n>', 'jobs that each runs at the same time (emit)', integer(1), 1)
    .option('--cpus <n>', 'processors of each (emit)', integer(1), 2)
    .option('--memory <mib>', 'mebibytes of memory of each (emit)', integer(64), 2048)
    .option('--image <name>', 'image with nt in it (emit k8s)')
    .option('--claim <name>', 'persistent volume claim with the data (emit k8s)')
    .option('--mount <path>', 'where the data are, there as for the client (emit k8s)', '/data')
    .option(
      '--once <n>',
      'a pod for each of n jobs, in place of workers that stay until all is done (emit k8s)',
      integer(1),
    )
    .option('--json', 'print the status as JSON on stdout')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (action: string, cluster: string | undefined, flags: JobsFlags) => {
      const { jobs } = await import('./jobs.ts');
      const told = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
      await jobs(
        action,
        cluster,
        flags,
        told.map((option) => option.attributeName()),
      );
    })
    .addHelpText(
      'after',
      `
emit k8s prints an Indexed Job whose pods are workers: what fails is tried again
index by index, exit code 42 (it would fail again) fails the index at once. The
password of the queue comes from a secret, nt-queue. emit ray prints what
POST /api/jobs/ of a Ray head takes. Nothing is sent anywhere.

Example:
  nt jobs status --queue redis://queue.example:6379
  nt jobs emit k8s --queue redis://queue:6379 --image example/nt --claim data
  nt jobs emit ray --queue redis://queue:6379 --workers 8 > job.json`,
    );
}
