import { DataError } from '../data-error.ts';
import type { SourceTable } from '../source/source-table.ts';
import { formatTime } from '../time/format-time.ts';
import { zoneOf } from '../time/local-time.ts';
import { linePlace, rowOf } from './order-rows.ts';

const day = 86_400_000;

/**
 * Reads times without UTC offset as local times of a zone. A time that occurs twice, when clocks are put back, is the
 * earlier instant unless that one has been passed already in the same series (from the last row up, where the file has the
 * newest row first).
 *
 * @throws DataError `data/local-time` for a time that does not exist
 */
export function applyTimezone(table: SourceTable, codes: Int32Array | undefined, timezone: string): SourceTable {
  const { time } = table;
  if (time === null) return table;
  // Times with an offset are instants already: the zone says which days they belong to, and how they are written.
  if (table.timeHasZone) return table;
  if (time.every((value) => value % day === 0)) {
    return { ...table, notices: [...table.notices, `dates have no clock time; timezone ${timezone} was not applied`] };
  }
  const read = zoneOf(timezone).instantsOf;
  const instants = new Float64Array(time.length);
  const lastOfSeries = new Map<number, number>();
  let folded = 0;
  let firstFold = '';
  // Of a file with the newest row first the last row is the first to have passed.
  const isDescending = isNewestFirst(time);
  for (let k = 0; k < time.length; k++) {
    const row = isDescending ? time.length - 1 - k : k;
    const [earlier, later] = read(time[row]!);
    if (earlier === undefined) throw skippedTime(table, row, timezone);
    const series = codes?.[row] ?? 0;
    const isSecond = later !== undefined && (lastOfSeries.get(series) ?? -Infinity) >= earlier;
    if (later !== undefined) {
      folded++;
      firstFold ||= `${formatTime(time[row]!)} occurs twice in ${timezone}`;
    }
    instants[row] = isSecond ? later : earlier;
    lastOfSeries.set(series, instants[row]!);
  }
  const notices =
    folded === 0
      ? []
      : [`${firstFold}: of ${folded} such local times the first is taken as summer time, a second as winter time`];
  return {
    ...table,
    time: instants,
    timeHasZone: true,
    notices: [...table.notices, `local times read as ${timezone}`, ...notices],
  };
}

function isNewestFirst(time: Float64Array): boolean {
  let balance = 0;
  for (let row = 1; row < time.length; row++) balance += Math.sign(time[row]! - time[row - 1]!);
  return balance < 0;
}

function skippedTime(table: SourceTable, row: number, timezone: string): DataError {
  const text = formatTime(table.time![row]!);
  const message = `${table.name}: ${text}${linePlace(table, row)} does not exist in ${timezone}: clocks were put forward over it; is the zone right, or are the times UTC?`;
  const line = table.lineOf(row);
  return new DataError('data/local-time', message, {
    file: table.name,
    row: rowOf(table, row),
    time: text,
    ...(line === undefined ? {} : { line }),
  });
}
