import type { SeriesSet } from '@nt/data';
import { Command } from 'commander';
import { defineTrain } from '../src/commands/train-command.ts';
import { type DataOptions, readData } from '../src/options/data-options.ts';
import { readerFlagsOf } from '../src/options/reader-flags.ts';
import { runCommand } from '../src/run-command.ts';
import type { NtResult } from './run-nt.ts';

/** Runs `nt` in this process, as `main.ts` does, which saves the second that each start of a process costs. */
export async function ntInside(...words: string[]): Promise<NtResult> {
  const [out, err] = [process.stdout.write, process.stderr.write];
  let [stdout, stderr] = ['', ''];
  process.stdout.write = (chunk: unknown) => {
    stdout += String(chunk);
    return true;
  };
  process.stderr.write = (chunk: unknown) => {
    stderr += String(chunk);
    return true;
  };
  try {
    const code = await runCommand(words);
    return { code, stdout, stderr };
  } finally {
    process.stdout.write = out;
    process.stderr.write = err;
  }
}

/** The same as it is for a person at a terminal of so many columns; colours are left out. */
export async function ntAtTerminal(columns: number, ...words: string[]): Promise<NtResult> {
  const { stderr } = process;
  const before = [stderr.isTTY, stderr.columns] as const;
  [stderr.isTTY, stderr.columns] = [true, columns];
  try {
    return await ntInside(...words);
  } finally {
    [stderr.isTTY, stderr.columns] = before as [typeof stderr.isTTY, number];
  }
}

/** `nt train` as its parser is, but it only hands its flags on. */
export function trainParser(onFlags: (flags: DataOptions) => void): Command {
  const command = new Command('train').exitOverride();
  defineTrain(command, { exitCode: 0 });
  return command.configureOutput({ writeErr: () => {} }).action(onFlags);
}

/** The series that `nt train` with these words would read. */
export async function seriesOf(words: readonly string[]): Promise<SeriesSet> {
  let flags: DataOptions | undefined;
  trainParser((parsed) => {
    flags = parsed;
  }).parse([...words], { from: 'user' });
  return readData(flags!.data, readerFlagsOf(flags!));
}
