import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { DataError } from '../data-error.ts';
import { quoted } from './quoted.ts';

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

/** A database in which a query of someone else may run. */
export interface GuardedSettings extends DuckdbSettings {
  /** Files that it may read, and no others once `prepare` has run; default any. */
  readonly onlyFiles?: readonly string[];
}

/**
 * Opens an in-memory database for one use and closes it.
 *
 * @throws DataError `data/missing-package` when `@duckdb/node-api` (an optional peer) is not installed
 */
export async function withDuckdb<T>(
  settings: GuardedSettings,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { DuckDBInstance } = await loadPackage();
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(settings.memoryLimit === undefined ? {} : { memory_limit: settings.memoryLimit }),
    ...(settings.threads === undefined ? {} : { threads: String(settings.threads) }),
    // A query may always read where DuckDB puts what memory does not hold: a folder of its own, with a name to none known.
    ...(settings.onlyFiles && { temp_directory: join(tmpdir(), `nt-duckdb-${randomUUID()}`) }),
  });
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    for (const statement of settings.prepare ?? []) await connection.run(statement);
    if (settings.onlyFiles) await lock(connection, settings.onlyFiles);
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** From here on neither files nor settings can be reached; tables that are attached stay open. */
async function lock(connection: DuckDBConnection, files: readonly string[]): Promise<void> {
  await connection.run(`SET allowed_paths = [${files.map(quoted).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
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
