import { DataError } from '../data-error.ts';
import { isTimeText } from '../time/is-time-text.ts';
import { isPlain } from './flat-rows.ts';
import type { DataRow } from './read-rows.ts';

type Plain = Readonly<Record<string, unknown>>;

/** A table somewhere in a document: where it stands, and its rows. */
interface Found {
  readonly path: string;
  readonly rows: readonly unknown[];
}

/** Answers of services are no deeper. */
const deepest = 4;

/**
 * The rows that an object wraps, however the keys are called: the list of rows, or the object of lists, that no other
 * stands above or beside (`{ count, observations: [ … ] }`, `{ response: { data: [ … ] } }`, `{ hourly: { time: [ … ] } }`).
 *
 * @returns undefined when there is none
 * @throws DataError `data/corrupt-file` when there are several: which one is meant cannot be known
 */
export function wrappedRows(name: string, document: Plain): readonly unknown[] | undefined {
  let level: readonly (readonly [path: string, value: Plain])[] = [['', document]];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const members = level.flatMap(([path, value]) =>
      Object.entries(value).map(([key, member]) => [path === '' ? key : `${path}.${key}`, member] as const),
    );
    const found = members.flatMap(([path, member]) => tableIn(path, member));
    if (found.length > 1)
      throw severalTables(
        name,
        found.map(({ path }) => path),
      );
    if (found.length === 1) return seriesOfMetrics(found[0]!.rows) ?? found[0]!.rows;
    level = members.filter((member): member is readonly [string, Plain] => isPlain(member[1]));
  }
  return undefined;
}

function tableIn(path: string, value: unknown): Found[] {
  if (Array.isArray(value))
    return value.length > 0 && value.every((row) => typeof row === 'object' && row !== null)
      ? [{ path, rows: value }]
      : [];
  if (!isPlain(value)) return [];
  const times = Object.keys(value);
  if (times.length > 1 && times.every(isTimeText))
    return [{ path, rows: times.map((date) => ({ date, ...cellsOf(value[date]) })) }];
  const lists = Object.values(value);
  const length = Array.isArray(lists[0]) ? lists[0].length : 0;
  if (lists.length < 2 || length < 2 || !lists.every((list) => Array.isArray(list) && list.length === length))
    return [];
  const rows = Array.from(
    { length },
    (_, row): DataRow =>
      Object.fromEntries(Object.entries(value).map(([key, list]) => [key, (list as unknown[])[row]])),
  );
  return [{ path, rows }];
}

/** What stands under a time: names and values, or one value. */
const cellsOf = (cell: unknown): DataRow => (isPlain(cell) ? cell : { value: cell });

/** The error for a document in which it cannot be known which table is meant. */
export function severalTables(name: string, paths: readonly string[]): DataError {
  const message = `${name}: the document holds several tables: ${paths.slice(0, 8).join(', ')}; write the rows of one of them alone.`;
  return new DataError('data/corrupt-file', message, { file: name });
}

/** What Prometheus answers: `[{ metric: { job: 'a' }, values: [[seconds, '1.5'], …] }]`, a series for each metric. */
function seriesOfMetrics(rows: readonly unknown[]): DataRow[] | undefined {
  const isSeries = (row: unknown): row is { metric: Plain; values: readonly (readonly unknown[])[] } =>
    isPlain(row) && isPlain(row['metric']) && Array.isArray(row['values']);
  if (!rows.every(isSeries)) return undefined;
  return rows.flatMap(({ metric, values }) => {
    const labels = Object.entries(metric).map(([label, value]) => `${label}=${value}`);
    const series = rows.length > 1 ? { series: labels.join(' ') } : {};
    return values.map(([timestamp, value]) => ({ ...series, timestamp, value }));
  });
}
