import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { SourceTable } from '../source/source-table.ts';
import type { Across } from './across.ts';

const dayLength = 86_400_000;

/**
 * Looks for days that lack one hour and are Sundays, on which clocks are put forward: without their zone it would be a
 * missing value.
 *
 * @throws DataError `data/local-time`, unless it is told what is to be done about empty cells
 */
export function checkMissingHour(table: SourceTable, across: Across, days: Float64Array, options: SeriesOptions): void {
  if (options.missing !== undefined && options.missing !== 'error') return;
  const { perDay = 24 } = across;
  const columns = across.columns.filter(({ part, isSecond }) => part < perDay && !isSecond);
  const grid = columns.map(({ name }) => table.numbers.get(name)!);
  let last = -Infinity;
  for (const day of days) if (day > last) last = day;
  for (let row = 0; row < table.rows; row++) {
    if (new Date(days[row]!).getUTCDay() !== 0 || days[row] === last) continue;
    const empty = grid.flatMap((cells, column) => (Number.isNaN(cells[row]!) ? [column] : []));
    const isHour = empty.length === perDay / 24 && empty.at(-1)! - empty[0]! === empty.length - 1;
    if (!isHour) continue;
    const column = columns[empty[0]!]!.name;
    const line = table.lineOf(row);
    const date = new Date(days[row]!).toISOString().slice(0, 10);
    const message = `${table.name}: ${line === undefined ? `row ${row + 1}` : `line ${line}`}, column '${column}': one hour of ${date}, a Sunday, has no value, as where clocks are put forward: pass ${remedy('timezone', 'Europe/Berlin')} (or what their zone is), or ${remedy('missing', 'linear', 'mask')} if it is missing.`;
    throw new DataError('data/local-time', message, {
      file: table.name,
      row: row + 1,
      column,
      time: new Date(days[row]! + (dayLength / perDay) * columns[empty[0]!]!.part).toISOString(),
      ...(line === undefined ? {} : { line }),
    });
  }
}
