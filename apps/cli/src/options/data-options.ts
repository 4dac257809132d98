import { resolve } from 'node:path';
import type { SeriesSet } from '@nt/data';
import { type Command, Option } from 'commander';
import { names } from './parse-number.ts';

/** Which file, and what its columns mean. */
export interface DataOptions {
  readonly data: string;
  readonly target?: string;
  readonly time?: string;
  readonly id?: string;
  readonly historic?: readonly string[];
  readonly future?: readonly string[];
  readonly static?: readonly string[];
  readonly gaps?: 'auto' | 'error' | 'rowOrder' | 'forward' | 'linear' | 'zero' | 'mask';
  readonly missing?: 'error' | 'drop' | 'forward' | 'linear' | 'zero' | 'mask';
  readonly badRows?: 'error' | 'reject';
  readonly nullValues?: readonly string[];
}

/** The part of `DataOptions` that a model folder remembers. */
export type ColumnRoles = Omit<DataOptions, 'data'>;

/** Adds the flags that say what the columns of a file are. */
export function addColumnOptions(command: Command): Command {
  return command
    .option('--time <column>', 'column with the time (default: found by name and content)')
    .option('--id <column>', 'column that names the series, when the file holds several')
    .option('--historic <columns>', 'covariates known up to now, separated by commas', names)
    .option('--future <columns>', 'covariates known ahead of time, separated by commas', names)
    .option('--static <columns>', 'covariates of a series, separated by commas', names)
    .addOption(
      new Option('--gaps <policy>', 'missing time steps (default: auto)').choices([
        'auto',
        'error',
        'rowOrder',
        'forward',
        'linear',
        'zero',
        'mask',
      ]),
    )
    .addOption(
      new Option('--missing <policy>', 'empty cells (default: error)').choices([
        'error',
        'drop',
        'forward',
        'linear',
        'zero',
        'mask',
      ]),
    )
    .addOption(
      new Option('--bad-rows <policy>', 'rows that cannot be read (default: error)').choices(['error', 'reject']),
    )
    .option(
      '--null-values <texts>',
      'texts that mean "no value", separated by commas (default: NA, null, NaN …)',
      names,
    );
}

/** Reads the file. @throws DataError with file, line, column and what to do */
export async function readData(options: DataOptions): Promise<SeriesSet> {
  const { readTable } = await import('@nt/data/node');
  const { data, ...roles } = columnRolesOf(options);
  return readTable(resolve(data), roles);
}

/** Only what is given, so that nothing overrides a default with `undefined`. */
function columnRolesOf(options: DataOptions): DataOptions {
  const { data, target, time, id, historic, future, static: fixed, gaps, missing, badRows, nullValues } = options;
  const roles = Object.entries({
    target,
    time,
    id,
    historic,
    future,
    static: fixed,
    gaps,
    missing,
    badRows,
    nullValues,
  });
  return { data, ...Object.fromEntries(roles.filter(([, value]) => value !== undefined)) };
}

/** The roles that later commands need to read a file like this one. */
export function rolesOf(options: DataOptions): ColumnRoles {
  const { data: _, ...roles } = columnRolesOf(options);
  return roles;
}
