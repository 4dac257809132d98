import { checkText } from '../check-options.ts';
import type { SeriesReading } from '../series/series-reading.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type CsvOptions, checkCsvOptions, csvOptionKeys } from './csv-options.ts';

/** A reading with what was told about the lines of a CSV file, which `readTable` leaves out for files of other kinds, and the query. */
export type TableReading = SeriesReading & Omit<CsvOptions, 'name'> & { readonly sql?: string };

/** The set of a file with what was told about its lines, or asked of it, in its reading. */
export function withCsvReading(set: SeriesSet, options: CsvOptions & Pick<TableReading, 'sql'>): SeriesSet {
  const keys = [...csvOptionKeys, 'sql'];
  const told = Object.entries(options).filter(([key, value]) => value !== undefined && keys.includes(key));
  return told.length === 0 ? set : { ...set, reading: { ...set.reading, ...Object.fromEntries(told) } };
}

/**
 * Checks a reading that comes from a file: keys, values, and that they go together.
 *
 * @throws DataError `data/bad-option`, naming the nearest key
 */
export function checkReading(owner: string, reading: TableReading): void {
  const { sql, ...rest } = reading;
  checkText(owner, 'sql', sql);
  checkCsvOptions(owner, rest);
}
