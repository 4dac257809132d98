import type { DuckDBConnection } from '@duckdb/node-api';
import { DataError } from '../data-error.ts';

/** Table functions that only make rows: others of DuckDB write logs and profiles, or run a text as another query. */
const harmless = [
  'generate_series',
  'parquet_scan',
  'range',
  'read_csv',
  'read_csv_auto',
  'read_json',
  'read_json_auto',
  'read_ndjson',
  'read_ndjson_auto',
  'read_parquet',
  'unnest',
];

/** What DuckDB's own parser makes of a text. */
interface ParsedSql {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly statements?: readonly unknown[];
}

/**
 * Checks that a query, which may come with the model of someone else, is one SELECT that does nothing but make rows.
 *
 * @throws DataError `data/bad-option`
 */
export async function checkQuery(connection: DuckDBConnection, sql: string): Promise<void> {
  const answer = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
  const parsed = JSON.parse(String(answer.getRows()[0]![0])) as ParsedSql;
  if (parsed.error && parsed.error_type === 'parser')
    throw badQuery(`DuckDB refused the query: ${parsed.error_message}`);
  const count = parsed.statements?.length;
  if (count === undefined)
    throw badQuery('a query is one SELECT statement, which this is not; a PIVOT names its columns with IN (…).');
  if (count !== 1)
    throw badQuery(`a query is one SELECT statement, but ${count === 0 ? 'this is none' : `these are ${count}`}.`);
  const stray = tableFunctionsOf(parsed.statements).find((name) => !harmless.includes(name));
  if (stray !== undefined)
    throw badQuery(`a query of a file has no use for ${stray}(); it may call ${harmless.join(', ')}.`);
}

const badQuery = (message: string): DataError => new DataError('data/bad-option', `sql: ${message}`, { option: 'sql' });

/** Names of the table functions that are called anywhere in a parsed query. */
function tableFunctionsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(tableFunctionsOf);
  const { type, function: called } = node as { type?: unknown; function?: { function_name?: unknown } };
  return type === 'TABLE_FUNCTION' ? [String(called?.function_name).toLowerCase(), ...inner] : inner;
}
