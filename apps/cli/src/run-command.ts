import { CommanderError } from 'commander';
import { createProgram } from './create-program.ts';

/**
 * Runs `nt` with the words behind it.
 *
 * @returns the exit code: 0 done, 1 it failed, 2 it was called wrongly, 3 a leak was found, 130 interrupted (and resumable)
 */
export async function runCommand(words: readonly string[]): Promise<number> {
  const outcome = { exitCode: 0 };
  try {
    const program = await createProgram(words, outcome);
    await program.parseAsync(words, { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    // Commander has printed it: help, a version.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { reportError } = await import('./report-error.ts');
    return reportError(error, words.includes('--debug'));
  }
}
