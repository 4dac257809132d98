import type { ParquetFile } from '../parquet/parquet-file.ts';
import { columnsOfRows } from '../parquet/read-parquet.ts';
import { buildSeries } from '../series/build-series.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { joinTables } from '../source/join-tables.ts';
import { loadLoose } from '../source/read-loose.ts';
import type { RowSpan } from './series-parts.ts';

/** A span whose file is open. */
export interface OpenSpan extends Omit<RowSpan, 'file'> {
  readonly file: ParquetFile;
  /** The series that it is where there is no id column. */
  readonly id: string;
}

/**
 * Reads the series of some spans as the whole of their files would be read: by the same options and policies. What is found
 * by looking at all series (the frequency, levels of categories) must be told where a part may not show it.
 */
export async function readPart(spans: readonly OpenSpan[], options: SeriesOptions): Promise<SeriesSet> {
  const tables = [];
  for (const { file, id, firstRow, endRow } of spans) {
    const columns = columnsOfRows(file, firstRow, endRow);
    const name = firstRow === 0 ? file.name : `${file.name}, counted from row ${firstRow + 1}`;
    const source = { name, format: 'parquet', rows: endRow - firstRow, columns, isPiece: true };
    tables.push({ ...(await loadLoose(source, options)), id });
  }
  const [first] = tables;
  const isWhole = tables.length === 1 && first!.roles.id !== null;
  const { table, roles } = isWhole ? first! : joinTables(first!.table.name, tables);
  return buildSeries(table, roles, options);
}
