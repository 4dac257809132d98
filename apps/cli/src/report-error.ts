import { CommanderError } from 'commander';
import colours from 'picocolors';
import { remediesAsFlags } from './options/remedies-as-flags.ts';
import { UsageError } from './usage-error.ts';

interface Coded extends Error {
  readonly code: unknown;
}

/** Our errors carry a code such as `data/bad-number`; their message says what to do. */
const isOurs = (error: unknown): error is Coded =>
  error instanceof Error &&
  typeof (error as Partial<Coded>).code === 'string' &&
  /^[a-z-]+\/[a-z-]+$/.test(String((error as Coded).code));

/**
 * Says on stderr what went wrong, without a stack trace unless asked for.
 *
 * @returns the exit code
 */
export function reportError(error: unknown, debug: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has printed it
  const text = remediesAsFlags(error instanceof Error ? error.message : String(error));
  const code = isOurs(error) ? colours.dim(` [${String(error.code)}]`) : '';
  process.stderr.write(`${colours.red('error:')} ${text}${code}\n`);
  if (debug && error instanceof Error) process.stderr.write(`${stackOf(error)}\n`);
  else if (!isOurs(error) && !(error instanceof UsageError)) {
    process.stderr.write(
      'This is not an error that nt expected. Run the command again with --debug and report what it prints.\n',
    );
  }
  return error instanceof UsageError ? 2 : 1;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
