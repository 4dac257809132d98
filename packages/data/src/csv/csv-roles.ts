import { DataError } from '../data-error.ts';
import { shorten } from '../printable.ts';
import type { ColumnGlimpse } from '../roles/column-glimpse.ts';
import { type Roles, resolveRoles } from '../roles/resolve-roles.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { CsvDialect } from './csv-dialect.ts';
import { noRows } from './no-rows.ts';

/**
 * The roles of the columns of a file. Where none can be found and no row has the width of the header, that is the reason:
 * a date with a comma moved all the cells behind it into other columns.
 *
 * @throws DataError `data/ragged-row`, `data/header-only`, and what `resolveRoles` throws
 */
export function csvRoles(
  name: string,
  { header, sample, dataLine, delimiter }: CsvDialect,
  glimpses: readonly ColumnGlimpse[],
  options: SeriesOptions,
): Roles {
  try {
    return resolveRoles(name, glimpses, options);
  } catch (error) {
    const [first] = sample;
    if (first === undefined) throw noRows(name);
    if (sample.some(({ length }) => length === header.length)) throw error;
    const row = shorten(first.join(delimiter));
    const message = `${name}: line ${dataLine}: expected ${header.length} fields, found ${first.length}: "${row}", and so in all of the first rows; give the header a name for each, or put values that contain '${delimiter}' in quotes.`;
    throw new DataError('data/ragged-row', message, { file: name, line: dataLine });
  }
}
