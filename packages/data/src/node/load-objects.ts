import { DataError } from '../data-error.ts';
import { quoted } from '../duckdb/quoted.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { RoleTable } from '../source/source-table.ts';

/** Whether an address is one of object storage that DuckDB's extension `httpfs` knows. */
export const isInObjectStorage = (path: string): boolean => /^(s3|gs|gcs|r2):\/\//i.test(path);

/**
 * Reads Parquet of object storage by DuckDB (an optional peer) and its extension `httpfs`, which has to be installed:
 * nothing is downloaded here. Keys come from the environment, by their usual names.
 *
 * @throws DataError `data/missing-package` without DuckDB or the extension, `data/missing-file` with what DuckDB says
 */
export async function loadObjects(path: string, options: SeriesOptions): Promise<RoleTable> {
  const { loadSql } = await import('../duckdb/read-sql.ts');
  const prepare = ['LOAD httpfs', ...secret(process.env)];
  try {
    return await loadSql(`SELECT * FROM read_parquet(${quoted(path)})`, { ...options, name: path }, { prepare });
  } catch (error) {
    if (DataError.isInstance(error) && error.code !== 'data/bad-option') throw error;
    const [reason] = (error as Error).message.split('\n');
    if (/httpfs/.test(reason!)) throw noExtension(path);
    throw new DataError('data/missing-file', `${path}: DuckDB cannot read it: ${reason}`, { file: path });
  }
}

/** What DuckDB is told of the keys; without them it reads what is public. */
function secret(found: Readonly<Record<string, string | undefined>>): string[] {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: key } = found;
  if (id === undefined || key === undefined) return [];
  const parts = {
    KEY_ID: id,
    SECRET: key,
    SESSION_TOKEN: found['AWS_SESSION_TOKEN'],
    REGION: found['AWS_REGION'] ?? found['AWS_DEFAULT_REGION'],
    ENDPOINT: found['AWS_ENDPOINT_URL']?.replace(/^https?:\/\//, ''),
  };
  const told = Object.entries(parts).flatMap(([name, value]) => (value ? [`${name} ${quoted(value)}`] : []));
  return [`CREATE SECRET (TYPE s3, ${told.join(', ')})`];
}

function noExtension(path: string): DataError {
  const message = `${path}: DuckDB reads object storage with its extension httpfs, which is not installed on this machine. Where there is a network, once: duckdb -c "INSTALL httpfs" (of the version of @duckdb/node-api). Or copy the files, and name the copies.`;
  return new DataError('data/missing-package', message, { file: path });
}
