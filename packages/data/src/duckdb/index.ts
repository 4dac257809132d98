export type { DuckdbSettings } from './load-duckdb.ts';
export { readSql, type SqlOptions } from './read-sql.ts';
