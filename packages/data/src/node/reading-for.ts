import { csvOptionKeys } from '../csv/csv-options.ts';
import type { TableReading } from '../csv/csv-reading.ts';
import { tableFormat } from '../source/table-format.ts';
import { tsfOptionKeys } from '../tsf/tsf-header.ts';

/**
 * The part of a reading that the format of a file has a use for: what was told about the lines of a CSV file means
 * nothing for Parquet, and a `.tsf` file names its columns itself.
 *
 * @throws DataError `data/unknown-format`
 */
export function readingFor(path: string, reading: TableReading): TableReading {
  const format = tableFormat(path);
  if (format === 'csv' || format === 'tsv') return reading;
  const isOf = (key: string): boolean =>
    format === 'tsf' ? tsfOptionKeys.includes(key) : !csvOptionKeys.includes(key);
  return Object.fromEntries(Object.entries(reading).filter(([key]) => isOf(key)));
}
