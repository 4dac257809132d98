import { resolve } from 'node:path';
import { DataError } from '../data-error.ts';
import { quoted } from '../duckdb/quoted.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { RoleTable } from '../source/source-table.ts';
import { tableFormat } from '../source/table-format.ts';
import { expandGlob, isPattern } from './expand-glob.ts';
import { isFolder, listFolder } from './list-folder.ts';
import { withFile } from './open-file.ts';
import { isFilePath } from './source-kind.ts';

/**
 * Asks DuckDB about a file, or several: `data` is the table that it holds; in a database (`.duckdb`, `.db`) each table has
 * its own name. Cells of CSV are texts until the query casts them, so that they are read by the same strict rules as
 * without a query. A model remembers its query, and may come from someone else: it is one SELECT, which reads these files
 * and nothing besides, and writes nothing.
 *
 * @throws DataError `data/missing-package` without DuckDB, `data/missing-file`, `data/bad-option` with what DuckDB says of
 * the query
 */
export async function loadQuery(path: string, sql: string, options: SeriesOptions): Promise<RoleTable> {
  if (!isFilePath(path)) {
    const message = `${path}: a query asks files; save it as one first.`;
    throw new DataError('data/bad-option', message, { option: 'sql' });
  }
  const paths = isPattern(path) ? await expandGlob(path) : (await isFolder(path)) ? await listFolder(path) : [path];
  if (paths.length === 0)
    throw new DataError('data/missing-file', `${path}: no file matches; check the pattern.`, { file: path });
  const isDatabase = /\.(duckdb|db)$/i.test(path);
  const reader = isDatabase ? '' : readerOf(path, paths);
  for (const each of paths) await withFile(each, async () => undefined);
  const { loadSql, refused } = await import('../duckdb/read-sql.ts');
  try {
    // A database is open before the doors are closed; its own file is none that a query reads.
    return isDatabase
      ? await loadSql(sql, options, {
          prepare: [`ATTACH ${quoted(path)} AS source (READ_ONLY); USE source`],
          onlyFiles: [],
        })
      : await loadSql(sql, options, {
          prepare: [`CREATE VIEW data AS SELECT * FROM ${reader}`],
          onlyFiles: paths.flatMap((each) => [each, resolve(each)]),
        });
  } catch (error) {
    throw DataError.isInstance(error) ? error : refused(error);
  }
}

/** How DuckDB reads some files of one format. */
function readerOf(path: string, paths: readonly string[]): string {
  const files = `[${paths.map(quoted).join(', ')}]`;
  const format = tableFormat(paths[0]!);
  const readers: Readonly<Record<string, string>> = {
    csv: `read_csv(${files}, all_varchar = true)`,
    tsv: `read_csv(${files}, all_varchar = true)`,
    parquet: `read_parquet(${files})`,
    json: `read_json_auto(${files})`,
  };
  const reader = readers[format];
  if (reader !== undefined) return reader;
  const message = `${path}: this is a ${format} file, which DuckDB does not read; leave the query out.`;
  throw new DataError('data/bad-option', message, { option: 'sql' });
}
