import type { DuckDBConnection } from '@duckdb/node-api';
import { DataError } from '../data-error.ts';

/** Settings of the database that a query runs in. */
export interface DuckdbSettings {
  /** Memory that DuckDB may use, for example `512MB`; sorting beyond it goes to disk. Default: DuckDB's own. */
  readonly memoryLimit?: string;
  /** Default: as many as there are cores. */
  readonly threads?: number;
  /**
   * Statements to run first, for example `INSTALL httpfs; LOAD httpfs` or `CREATE SECRET …`. Nothing is downloaded
   * unless one of them says so.
   */
  readonly prepare?: readonly string[];
}

/**
 * Opens an in-memory database for one use and closes it.
 *
 * @throws DataError `data/missing-package` when `@duckdb/node-api` (an optional peer) is not installed
 */
export async function withDuckdb<T>(
  settings: DuckdbSettings,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { DuckDBInstance } = await loadPackage();
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(settings.memoryLimit === undefined ? {} : { memory_limit: settings.memoryLimit }),
    ...(settings.threads === undefined ? {} : { threads: String(settings.threads) }),
  });
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    for (const statement of settings.prepare ?? []) await connection.run(statement);
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function loadPackage(): Promise<typeof import('@duckdb/node-api')> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    const message =
      'this needs DuckDB; install it: npm install @duckdb/node-api (for the nt command: npm install --global @duckdb/node-api@1.5.6-r.1)';
    throw new DataError('data/missing-package', `${message} (${error instanceof Error ? error.message : error}).`);
  }
}
