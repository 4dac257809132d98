import { type Command, Option } from 'commander';
import { engines } from '../engine-names.ts';
import { integer, number } from '../options/parse-number.ts';
import type { Outcome } from '../outcome.ts';
import type { BenchFlags } from './bench.ts';

/** `nt bench` */
export function defineBench(command: Command, outcome: Outcome): void {
  command
    .addOption(
      new Option('--backend <name>', 'one engine only (default: all but reference, which is slow)').choices(engines),
    )
    .option('--seconds <n>', 'how long each is measured', number(0.01), 2)
    .option('--input-size <steps>', 'time steps that the network looks back', integer(1), 168)
    .option('--horizon <steps>', 'time steps forecast at once', integer(1), 24)
    .option('--hidden-size <n>', 'width of the hidden layers', integer(1), 512)
    .option('--batch-size <windows>', 'windows in an update', integer(1), 128)
    .option('--json', 'print what was measured as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (flags: BenchFlags) => {
      const { bench } = await import('./bench.ts');
      outcome.exitCode = await bench(flags);
    })
    .addHelpText(
      'after',
      `
Trains an N-HiTS on a made series of a thousand steps and forecasts with it;
a window is an input and its target, batch, both directions and update included.
Close what else computes. Exit code 1 when no engine could be measured.
Example:
  nt bench
  nt bench --backend cpu --batch-size 32`,
    );
}
