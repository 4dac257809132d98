import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DataError, type SeriesSet, type TableReading } from '@nt/data';
import type { Command } from 'commander';
import { addFlags } from './flag-table.ts';
import { columnFlags, policyFlags, type ReaderFlags, spellingFlags } from './reader-flags.ts';

/** Which file, and how it is read. */
export interface DataOptions extends ReaderFlags {
  readonly data: string;
}

/** Adds the flags that say how a file is read. `remembers`: what is not told is as in the training of a model. */
export function addReaderFlags(command: Command, remembers: boolean): Command {
  const title = (text: string): string => `${text}${remembers ? ' (as in training, unless told)' : ''}:`;
  addFlags(command.optionsGroup(title('Columns')), columnFlags, !remembers);
  addFlags(command.optionsGroup(title('Rows and cells that are not as they should be')), policyFlags, !remembers);
  return addFlags(
    command.optionsGroup(title('How the file writes times, numbers and lines')),
    spellingFlags,
    !remembers,
  );
}

/** Reads a file; where `reading` says nothing as `remembered`, if the format has a use for that. @throws DataError with file, line, column and what to do */
export async function readData(path: string, reading: TableReading, remembered?: TableReading): Promise<SeriesSet> {
  const { isFilePath, readTable } = await import('@nt/data/node');
  if (!isFilePath(path)) return readTable(path, reading, remembered);
  const file = resolve(path);
  try {
    return await readTable(file, reading, remembered);
  } catch (error) {
    // A format is asked for before a file is opened: of a name that leads nowhere its ending is not what is wrong.
    if (!DataError.isInstance(error) || error.code !== 'data/unknown-format' || existsSync(file)) throw error;
    throw new DataError('data/missing-file', `${file}: there is no such file or folder; check the path.`, { file });
  }
}
