import { type CsvOptions, csvOptionKeys } from '../csv/csv-options.ts';
import type { TableReading } from '../csv/csv-reading.ts';
import { DataError } from '../data-error.ts';
import { type RemedyOption, type RemedyValue, remedy } from '../remedy.ts';
import { type SeriesOptions, seriesOptionKeys } from '../series/series-options.ts';
import type { TableFormat } from '../source/table-format.ts';
import { tsfOptionKeys } from '../tsf/tsf-options.ts';

/**
 * The part of a reading that the format of a file has a use for: what was told about the lines of a CSV file means
 * nothing for Parquet, and a `.tsf` file names its columns itself.
 */
const usefulFor = (format: TableFormat | 'query', reading: TableReading): TableReading =>
  Object.fromEntries(Object.entries(reading).filter(([key]) => key !== 'sql' && hasUse(format, key)));

function hasUse(format: TableFormat | 'query', key: string): boolean {
  if (format === 'csv' || format === 'tsv') return true;
  return format === 'tsf' ? tsfOptionKeys.includes(key) : !csvOptionKeys.includes(key);
}

/**
 * How a file of a format is read: as told, else as another was.
 *
 * @throws DataError `data/bad-option` for something told that the format has no use for
 */
export function optionsFor(
  source: string,
  format: TableFormat | 'query',
  told: CsvOptions,
  remembered: TableReading,
): CsvOptions {
  const stray = Object.entries(told).find(([key, value]) => value !== undefined && !hasUse(format, key));
  if (stray === undefined) return { ...usefulFor(format, remembered), ...told };
  const [option, value] = stray;
  const shown = remedy(option as RemedyOption, value as RemedyValue);
  const what = format === 'query' ? 'it is asked by a query' : `this is a ${format} file`;
  const message = `${source}: ${what}, which has no use for ${shown}; leave it out.`;
  throw new DataError('data/bad-option', message, { option });
}

/** What all formats have in common. */
export const seriesOptionsOf = (reading: CsvOptions): SeriesOptions =>
  Object.fromEntries(Object.entries(reading).filter(([key]) => seriesOptionKeys.includes(key)));
