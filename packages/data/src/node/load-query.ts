import { DataError } from '../data-error.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { RoleTable } from '../source/source-table.ts';
import { tableFormat } from '../source/table-format.ts';
import { expandGlob, isPattern } from './expand-glob.ts';
import { isFolder, listFolder } from './list-folder.ts';
import { isFilePath } from './source-kind.ts';

/**
 * Asks DuckDB about a file, or several: `data` is the table that it holds; in a database (`.duckdb`, `.db`) each table has
 * its own name. Cells of CSV are texts until the query casts them, so that they are read by the same strict rules as
 * without a query.
 *
 * @throws DataError `data/missing-package` without DuckDB, `data/bad-option` with what it says of the query
 */
export async function loadQuery(path: string, sql: string, options: SeriesOptions): Promise<RoleTable> {
  if (!isFilePath(path)) {
    const message = `${path}: a query asks files; save it as one first.`;
    throw new DataError('data/bad-option', message, { option: 'sql' });
  }
  const { loadSql, refused } = await import('../duckdb/read-sql.ts');
  const opening = await openingOf(path);
  try {
    return await loadSql(sql, options, { prepare: [opening] });
  } catch (error) {
    throw DataError.isInstance(error) ? error : refused(error);
  }
}

async function openingOf(path: string): Promise<string> {
  if (/\.(duckdb|db)$/i.test(path)) return `ATTACH ${text(path)} AS source (READ_ONLY); USE source`;
  const paths = isPattern(path) ? await expandGlob(path) : (await isFolder(path)) ? await listFolder(path) : [path];
  if (paths.length === 0)
    throw new DataError('data/missing-file', `${path}: no file matches; check the pattern.`, { file: path });
  const files = `[${paths.map(text).join(', ')}]`;
  const format = tableFormat(paths[0]!);
  const readers: Readonly<Record<string, string>> = {
    csv: `read_csv(${files}, all_varchar = true)`,
    tsv: `read_csv(${files}, all_varchar = true)`,
    parquet: `read_parquet(${files})`,
    json: `read_json_auto(${files})`,
  };
  const reader = readers[format];
  if (reader !== undefined) return `CREATE VIEW data AS SELECT * FROM ${reader}`;
  const message = `${path}: this is a ${format} file, which DuckDB does not read; leave the query out.`;
  throw new DataError('data/bad-option', message, { option: 'sql' });
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
