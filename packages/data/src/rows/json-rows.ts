import { documentRows } from './document-rows.ts';
import { exchangeRows, refused } from './exchange-rows.ts';
import { flatRows, isPlain } from './flat-rows.ts';
import { influxRows } from './influx-rows.ts';
import { listedRows } from './listed-rows.ts';
import type { DataRow } from './read-rows.ts';
import { statRows } from './stat-rows.ts';

export { withExactIntegers } from './exact-integers.ts';
export { marketChart } from './market-chart.ts';

/** The rows of a document that is one object. @throws DataError what `documentRows` and `exchangeRows` throw */
export function rowsOf(name: string, document: Readonly<Record<string, unknown>>): readonly unknown[] {
  return exchangeRows(name, document) ?? influxRows(document) ?? statRows(document) ?? documentRows(name, document);
}

/**
 * Rows as objects of single values; lists get names. Bitfinex answers `["error", 10020, "symbol: invalid"]`, the World
 * Bank `[{ page: 1 }, [ … ]]`, Home Assistant a list of rows for each sensor.
 */
export function namedRows(name: string, rows: readonly unknown[]): readonly DataRow[] {
  if (rows[0] === 'error') throw refused(name, rows.slice(1).join(' '));
  if (rows.length === 2 && isPlain(rows[0]) && isTable(rows[1])) return flatRows(rows[1]);
  if (rows.length > 0 && rows.every(isTable)) return flatRows(rows.flat());
  return Array.isArray(rows[0])
    ? listedRows(name, rows as readonly (readonly unknown[])[])
    : flatRows(rows as readonly DataRow[]);
}

const isTable = (value: unknown): value is readonly DataRow[] =>
  Array.isArray(value) && value.length > 0 && value.every(isPlain);
