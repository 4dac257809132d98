import type { Command } from 'commander';
import { addReaderFlags } from '../options/data-options.ts';
import { addJobsFlags } from '../options/jobs-flags.ts';
import { addSearchFlags } from '../options/search-flags.ts';
import { addTrainOptions } from '../options/train-options.ts';
import type { Outcome } from '../outcome.ts';
import type { OptimizeFlags } from './optimize.ts';
import { refuseBesideResume } from './refuse-beside-resume.ts';
import { refuseWords } from './refuse-words.ts';

/** `nt optimize` */
export function defineOptimize(command: Command, outcome: Outcome): void {
  refuseWords(command);
  refuseBesideResume(command, 'a search', ['trials', 'seconds', 'jobs', 'threads', 'queue', 'attempts']);
  command
    .option('-d, --data <files>', 'what to learn from: a file, or several as "prices/*.csv"')
    .option('-o, --output <folder>', 'where trials and leaderboard go', 'search')
    .option(
      '--resume <folder>',
      'go on with an interrupted search; finished trials are kept, --trials and --seconds (of all together) may be others',
    )
    .option('--overwrite', 'replace the search in the output folder')
    .option('--json', 'print the leaderboard as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (flags: OptimizeFlags) => {
      const { optimize } = await import('./optimize.ts');
      outcome.exitCode = await optimize(flags);
    });
  addSearchFlags(command);
  addJobsFlags(command, 'trials');
  addTrainOptions(command, ['test']);
  addReaderFlags(command, false);
  command.addHelpText(
    'after',
    `
Searches options of one network: random points, the better ones with more and
more updates (successive halving), judged on folds before the test part, which
is never looked at. All other flags hold for every trial. --max-updates is what
the best trials get (default: 500).

The leaderboard is the same with any --jobs: a trial is begun early only if it
would come anyway. Within --seconds more are tried. A trial whose process was
lost (out of memory, killed) fails when nothing more can be done without it,
with exit code 1; nt resume runs it again.

Example:
  nt optimize -d prices.csv --target close --horizon 24 --seconds 600 -o search
  nt optimize -d prices.csv --target close --search "lr=1e-4..1e-2,log" \\
    --search "input-size=48|96|168" --trials 20 --jobs 2
  nt resume search
  nt optimize --resume search --seconds 1200`,
  );
}
