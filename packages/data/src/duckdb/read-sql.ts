import type { DuckDBConnection } from '@duckdb/node-api';
import { checkObject, checkText, checkTexts, checkWhole } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import type { ColumnLook } from '../roles/column-glimpse.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import type { CellRole, LooseCells, LooseColumn } from '../source/loose-column.ts';
import { lookOfCell } from '../source/loose-column.ts';
import { loadLoose } from '../source/read-loose.ts';
import type { RoleTable } from '../source/source-table.ts';
import { checkQuery } from './check-query.ts';
import { drainQuery } from './drain-column.ts';
import { type DuckdbSettings, type GuardedSettings, withDuckdb } from './load-duckdb.ts';

/** Roles, policies and settings of a query. */
export interface SqlOptions extends SeriesOptions, DuckdbSettings {}

/**
 * Runs a query in DuckDB and makes series of its rows: files, globs, object storage, databases, whatever DuckDB reads.
 * Columns of texts are read by this package's own strict rules, so that a CSV read with `all_varchar = true` gives the
 * same bits and the same errors as `readCsv`.
 *
 * @throws DataError `data/missing-package`, `data/bad-option` with DuckDB's message for a query that fails, and what
 * every reader throws
 */
export async function readSql(sql: string, options: SqlOptions = {}): Promise<SeriesSet> {
  checkObject('readSql', options);
  const { memoryLimit, threads, prepare, ...seriesOptions } = options;
  checkSeriesOptions('readSql', seriesOptions, ['memoryLimit', 'threads', 'prepare']);
  checkText('readSql', 'memoryLimit', memoryLimit);
  checkTexts('readSql', 'prepare', prepare);
  if (threads !== undefined) checkWhole('readSql', 'threads', threads, 1);
  const settings = {
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(threads === undefined ? {} : { threads }),
    ...(prepare === undefined ? {} : { prepare }),
  };
  const { table, roles } = await loadSql(sql, seriesOptions, settings);
  return buildSeries(table, roles, seriesOptions);
}

/** The rows of a query as a table. With `onlyFiles` the query is one that does nothing but read them. */
export function loadSql(sql: string, options: SeriesOptions, settings: GuardedSettings): Promise<RoleTable> {
  return withDuckdb(settings, async (connection) => {
    if (settings.onlyFiles) await checkQuery(connection, sql);
    const rows = await createTable(connection, sql);
    const columns = await describeColumns(connection, rows);
    return loadLoose({ name: options.name ?? 'query', format: 'duckdb', rows, columns }, options);
  });
}

async function createTable(connection: DuckDBConnection, sql: string): Promise<number> {
  try {
    // One statement may end as it likes (`; -- so`). DuckDB makes several of a PIVOT that looks its columns up, which
    // stands in brackets; what really is several is a syntax error there.
    const { count } = await connection.extractStatements(sql);
    const query = count === 1 ? sql : `(${sql.replace(/;\s*$/, '')}\n)`;
    await connection.run(`CREATE TEMP TABLE nt_source AS\n${query}`);
  } catch (error) {
    throw refused(error);
  }
  const counted = await connection.runAndReadAll('SELECT count(*)::DOUBLE FROM nt_source');
  return Number(counted.getRows()[0]![0]);
}

async function describeColumns(connection: DuckDBConnection, rows: number): Promise<LooseColumn[]> {
  const described = await connection.runAndReadAll('DESCRIBE nt_source');
  const sample = (await connection.runAndReadAll('SELECT * FROM nt_source LIMIT 20')).getColumns();
  return described.getRows().map(([name, type], index): LooseColumn => {
    const kind = kindOf(String(type));
    const look: ColumnLook =
      kind === 'time' || kind === 'number'
        ? kind
        : lookOfCell(sample[index]?.find((cell) => cell !== null && cell !== ''));
    return { name: String(name), look, load: (role) => loadColumn(connection, String(name), role, String(type), rows) };
  });
}

/** What DuckDB says is what the query is wrong with. */
export function refused(error: unknown): DataError {
  const message = error instanceof Error ? error.message : String(error);
  const file = /Cannot access (?:file|directory) "(.*?)" - file system operations are disabled/.exec(message)?.[1];
  if (file !== undefined) {
    const advice =
      "name several with a pattern ('prices/*.csv'), or join them in a program with readSql of @nt/data/duckdb";
    const told = `sql: a query reads no file but the one that it is asked of, and this one wants ${file}; ${advice}.`;
    return new DataError('data/bad-option', told, { option: 'sql' });
  }
  // The lines behind the first draw an arrow below the query.
  return new DataError('data/bad-option', `readSql: DuckDB refused the query: ${message.split('\n')[0]}`, {
    option: 'sql',
  });
}

type ColumnKind = 'number' | 'integer' | 'time' | 'text';

function kindOf(type: string): ColumnKind {
  if (/^(TIMESTAMP|DATE)/.test(type)) return 'time';
  if (/^(BIGINT|UBIGINT|HUGEINT|UHUGEINT)/.test(type)) return 'integer';
  return /^(DOUBLE|FLOAT|REAL|DECIMAL|TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT|UINTEGER|BOOLEAN)/.test(type)
    ? 'number'
    : 'text';
}

async function loadColumn(
  connection: DuckDBConnection,
  name: string,
  role: CellRole,
  type: string,
  rows: number,
): Promise<LooseCells> {
  const kind = kindOf(type);
  const column = `"${name.replaceAll('"', '""')}"`;
  if (kind === 'time') {
    const cells = new Float64Array(rows);
    await drainQuery(
      connection,
      `SELECT coalesce(epoch_us(${column}::TIMESTAMP)::DOUBLE, 'nan'::DOUBLE) FROM nt_source`,
      [cells],
    );
    for (let row = 0; row < rows; row++) cells[row]! /= 1000;
    return { cells, timeUnit: 'ms', hasZone: type.includes('WITH TIME ZONE') };
  }
  // Long whole numbers keep their digits as ids and times; as values they are float64.
  if (kind === 'number' || (role === 'number' && /^U?BIGINT/.test(type))) {
    const cells = new Float64Array(rows);
    await drainQuery(connection, `SELECT coalesce(${column}::DOUBLE, 'nan'::DOUBLE) FROM nt_source`, [cells]);
    return { cells };
  }
  if (kind === 'integer') {
    const cells: unknown[] = [];
    await drainQuery(connection, `SELECT ${column} FROM nt_source`, [cells]);
    return { cells };
  }
  return loadTexts(connection, column, role, rows);
}

/** Few different texts cross as numbers into an ENUM, since a string per row is what takes time; many cross as they are. */
async function loadTexts(
  connection: DuckDBConnection,
  column: string,
  role: CellRole,
  rows: number,
): Promise<LooseCells> {
  const counted = await connection.runAndReadAll(`SELECT count(DISTINCT ${column})::DOUBLE FROM nt_source`);
  const different = Number(counted.getRows()[0]![0]);
  if (role !== 'text' || different === 0 || different > Math.max(1000, rows / 4)) {
    const cells: unknown[] = [];
    await drainQuery(connection, `SELECT ${column}::VARCHAR FROM nt_source`, [cells]);
    return { cells };
  }
  await connection.run('DROP TYPE IF EXISTS nt_texts');
  await connection.run(
    `CREATE TEMP TYPE nt_texts AS ENUM (SELECT DISTINCT ${column}::VARCHAR FROM nt_source WHERE ${column} IS NOT NULL)`,
  );
  const names: unknown[] = [];
  await drainQuery(connection, 'SELECT unnest(enum_range(NULL::nt_texts))::VARCHAR', [names]);
  const codes = new Int32Array(rows);
  await drainQuery(connection, `SELECT coalesce(enum_code(${column}::VARCHAR::nt_texts)::INTEGER, -1) FROM nt_source`, [
    codes,
  ]);
  return { cells: codes, coded: { codes, names: names as readonly string[] } };
}
