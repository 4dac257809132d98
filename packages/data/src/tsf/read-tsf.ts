import { checkKeys } from '../check-options.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { type ByteSource, collectBytes } from '../source/byte-source.ts';
import { decompress } from '../source/decompress.ts';
import { type TsfOptions, tsfOptionKeys } from './tsf-options.ts';

/**
 * Reads a file of the Monash archive (`.tsf`). `?` is a missing value; attributes other than `series_name` and
 * `start_timestamp` are not used and named in the report.
 *
 * @throws DataError with file, line and text of the first fault
 */
export async function readTsf(source: ByteSource, options: TsfOptions = {}): Promise<SeriesSet> {
  checkKeys('readTsf', options, tsfOptionKeys);
  checkSeriesOptions('readTsf', options, []);
  const name = options.name ?? 'input.tsf';
  const bytes = await collectBytes(await decompress(name, source));
  // Loaded when asked for: most pages read none.
  const { parseTsf } = await import('./parse-tsf.ts');
  const { table, roles } = parseTsf(name, bytes, options);
  return buildSeries(table, roles, options);
}
