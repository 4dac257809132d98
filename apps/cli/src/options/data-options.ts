import { resolve } from 'node:path';
import type { SeriesSet } from '@nt/data';
import type { Command } from 'commander';
import { addFlags } from './flag-table.ts';
import { columnFlags, policyFlags, type ReaderFlags, readerFlagsOf, spellingFlags } from './reader-flags.ts';

/** Which file, and how it is read. */
export interface DataOptions extends ReaderFlags {
  readonly data: string;
}

/** Adds the flags that say how a file is read. */
export function addReaderFlags(command: Command, title: string): Command {
  addFlags(command.optionsGroup(title), columnFlags);
  addFlags(command.optionsGroup('Rows and cells that are not as they should be:'), policyFlags);
  return addFlags(command.optionsGroup('How the file writes times, numbers and lines:'), spellingFlags);
}

/** Reads the file. @throws DataError with file, line, column and what to do */
export async function readData(options: DataOptions): Promise<SeriesSet> {
  const { readTable } = await import('@nt/data/node');
  return readTable(resolve(options.data), readerFlagsOf(options));
}
