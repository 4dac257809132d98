import type { Command } from 'commander';
import type { Outcome } from '../outcome.ts';
import type { DoctorFlags } from './doctor.ts';
import { refuseWords } from './refuse-words.ts';

/** `nt doctor` */
export function defineDoctor(command: Command, outcome: Outcome): void {
  refuseWords(command);
  command
    .option('--json', 'print what was found as JSON on stdout')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (flags: DoctorFlags) => {
      const { doctor } = await import('./doctor.ts');
      outcome.exitCode = await doctor(flags);
    })
    .addHelpText(
      'after',
      `
Starts every engine and computes something on it. Exit code 1 when the CPU
engine, on which everything runs by default, does not work.

Example:
  nt doctor
  nt doctor --json`,
    );
}
