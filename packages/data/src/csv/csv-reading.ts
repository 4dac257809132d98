import type { SeriesReading } from '../series/series-reading.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type CsvOptions, checkCsvOptions, csvOptionKeys } from './csv-options.ts';

/** A reading with what was told about the lines of a CSV file; for files of other kinds `readingFor` leaves that out. */
export type TableReading = SeriesReading & Omit<CsvOptions, 'name' | 'layout'>;

/** The set of a CSV file with what was told about its lines in its reading. */
export function withCsvReading(set: SeriesSet, options: CsvOptions): SeriesSet {
  const told = Object.entries(options).filter(([key, value]) => value !== undefined && csvOptionKeys.includes(key));
  return told.length === 0 ? set : { ...set, reading: { ...set.reading, ...Object.fromEntries(told) } };
}

/**
 * Checks a reading that comes from a file: keys, values, and that they go together.
 *
 * @throws DataError `data/bad-option`, naming the nearest key
 */
export function checkReading(owner: string, reading: TableReading): void {
  checkCsvOptions(owner, reading);
}
