import { printable } from '@nt/data';
import { CommanderError } from 'commander';
import colours from 'picocolors';
import { remediesAsFlags } from './options/remedies-as-flags.ts';
import { printableLines } from './output/terminal.ts';
import { UsageError } from './usage-error.ts';

interface Coded extends Error {
  readonly code: unknown;
}

/** Calls with an open file know no path. */
interface SystemError {
  readonly syscall?: string;
  readonly path?: string;
  readonly dest?: string;
  /** What Node's permission model calls a path. */
  readonly resource?: string;
}

/** Our errors carry a code such as `data/bad-number`; their message says what to do. */
const isOurs = (error: unknown): error is Coded =>
  error instanceof Error &&
  typeof (error as Partial<Coded>).code === 'string' &&
  /^[a-z-]+\/[a-z\d-]+$/.test(String((error as Coded).code));

/**
 * Says on stderr what went wrong, without a stack trace unless asked for.
 *
 * @returns the exit code
 */
export function reportError(error: unknown, debug: boolean): number {
  if (error instanceof CommanderError) return 2; // commander has printed it
  const system = systemReason(error) ?? memoryReason(error);
  const text = system ?? printableLines(remediesAsFlags(error instanceof Error ? error.message : String(error)));
  const code = isOurs(error) ? colours.dim(` [${String(error.code)}]`) : '';
  process.stderr.write(`${colours.red('error:')} ${text}${code}\n`);
  if (debug && error instanceof Error) process.stderr.write(`${stackOf(error)}\n`);
  else if (!isOurs(error) && !(error instanceof UsageError) && system === undefined) {
    process.stderr.write(
      'This is not an error that nt expected. Run the command again with --debug and report what it prints.\n',
    );
  }
  return error instanceof UsageError ? 2 : 1;
}

/** What the system refuses for reasons that the user can mend. */
const systemReasons: Readonly<Record<string, string>> = {
  EACCES: 'this is not allowed',
  ERR_ACCESS_DENIED: 'this process may not (node --permission); --allow-fs-read and --allow-fs-write name what it may',
  EBUSY: 'it is in use; close the program that has it open',
  EDQUOT: 'the space allowed on this disk is used up',
  EFBIG: 'it would be larger than this process may write (ulimit -f)',
  EISDIR: 'this is a folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file',
  // Windows says so of a file that another program has open.
  EPERM: 'this is not allowed; if another program has it open, close that',
  EROFS: 'this disk can only be read',
};

/** A refusal of the system in words; undefined for every other error. */
function systemReason(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const reason = systemReasons[String(error.code)];
  const { syscall, resource, path = syscall === 'write' ? 'a file' : resource, dest = path } = error as SystemError;
  if (reason === undefined || dest === undefined) return undefined;
  return `${printable(dest)}: cannot be written or read: ${reason} (${String(error.code)}).`;
}

/** Memory that cannot be had, in words. */
function memoryReason(error: unknown): string | undefined {
  const isRefused =
    error instanceof RangeError && /allocation failed|Invalid (typed )?array (buffer )?length/i.test(error.message);
  if (!isRefused) return undefined;
  return `there is not enough memory for this (${error.message}): a smaller network (--hidden-size), look-back or horizon, smaller batches (--batch-size) or fewer rows need less.`;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
