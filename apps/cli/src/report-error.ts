import { CommanderError } from 'commander';
import colours from 'picocolors';
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
  const text = asFlags(error instanceof Error ? error.message : String(error));
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

const flags: Readonly<Record<string, string>> = {
  target: '--target',
  gaps: '--gaps',
  missing: '--missing',
  badRows: '--bad-rows',
  nullValues: '--null-values',
  inputSize: '--input-size',
  test: '--test-split',
};

/** The packages speak of their options (`badRows: 'reject'`); here these are flags (`--bad-rows reject`). */
function asFlags(message: string): string {
  return message
    .replace(/\b(\w+): '([^']*)'/g, (all, name: string, value: string) =>
      flags[name] ? `${flags[name]} ${value}` : all,
    )
    .replace(/\btest: (0\.\d+)/g, '--test-split $1')
    .replace(/\b(nullValues|inputSize)\b/g, (name) => flags[name]!);
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
