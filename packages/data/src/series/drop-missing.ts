import type { DataFinding } from '../report/data-report.ts';
import { linePlace } from './order-rows.ts';
import { pickCodes, pickNumbers, type SeriesColumns, sourceRowOf, targetEnds } from './series-columns.ts';

/** Leaves out the rows in which a target is empty, but for those behind the last target that hold the known future. */
export function dropMissing(
  columns: SeriesColumns,
  hasFuture: boolean,
): { columns: SeriesColumns; finding: DataFinding | null } {
  const ends = targetEnds(columns, hasFuture);
  const total = columns.offsets[columns.offsets.length - 1]!;
  const kept = new Uint32Array(total);
  const offsets = new Float64Array(columns.offsets.length);
  let count = 0;
  let affected = 0;
  let first = -1;
  for (let series = 0; series < columns.ids.length; series++) {
    const [start, end] = [columns.offsets[series]!, columns.offsets[series + 1]!];
    for (let row = start; row < end; row++) {
      if (row >= ends[series]! || columns.targets.every((target) => !Number.isNaN(target[row]!))) kept[count++] = row;
      else if (first < 0) first = row;
    }
    offsets[series + 1] = count;
    if (count - offsets[series]! < end - start) affected++;
  }
  if (count === total) return { columns, finding: null };
  const order = kept.slice(0, count);
  const sources = columns.sourceRows;
  const dropped: SeriesColumns = {
    ...columns,
    offsets,
    time: columns.time === null ? null : pickNumbers(columns.time, order),
    targets: columns.targets.map((target) => pickNumbers(target, order)),
    numbers: new Map([...columns.numbers].map(([name, column]) => [name, pickNumbers(column, order)])),
    codes: new Map([...columns.codes].map(([name, column]) => [name, pickCodes(column, order)])),
    sourceRows: sources === null ? order : order.map((row) => sources[row]!),
  };
  const time = columns.time === null ? '' : columns.show(columns.time[first]!);
  const place = `${time}${linePlace(columns.table, sourceRowOf(columns, first))}`.trim();
  return {
    columns: dropped,
    finding: { count: total - count, series: affected, first: place, action: 'rows left out' },
  };
}
