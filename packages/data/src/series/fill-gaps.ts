import { advanceByRule, stepsByRule } from '../time/time-rule.ts';
import type { SeriesCalendar } from './series-calendar.ts';
import { type SeriesColumns, sourceRowOf } from './series-columns.ts';

/** How the cells of inserted steps are filled. */
export type FillPolicy = 'forward' | 'linear' | 'zero' | 'mask';

/** Inserts the missing steps of every series; cells of inserted rows are NaN until `fillCells` fills them. */
export function insertSteps(
  columns: SeriesColumns,
  calendar: SeriesCalendar,
): SeriesColumns & { readonly inserted: Uint8Array } {
  const plan = planRows(columns, calendar);
  const spread = (column: Float64Array) => {
    const wide = new Float64Array(plan.from.length);
    for (let row = 0; row < wide.length; row++)
      wide[row] = plan.inserted[row] === 1 ? Number.NaN : column[plan.from[row]!]!;
    return wide;
  };
  const sourceRows = new Int32Array(plan.from.length);
  for (let row = 0; row < sourceRows.length; row++)
    sourceRows[row] = plan.inserted[row] === 1 ? -1 : sourceRowOf(columns, plan.from[row]!);
  return {
    ...columns,
    offsets: plan.offsets,
    time: plan.time,
    targets: columns.targets.map(spread),
    numbers: new Map([...columns.numbers].map(([name, column]) => [name, spread(column)])),
    // A category has no value between two levels: the last known one goes on.
    codes: new Map([...columns.codes].map(([name, column]) => [name, plan.from.map((row) => column[row]!)])),
    sourceRows,
    inserted: plan.inserted,
  };
}

function planRows(columns: SeriesColumns, { rules, time }: SeriesCalendar) {
  const source = columns.time!;
  const from: number[] = [];
  const times: number[] = [];
  const inserted: number[] = [];
  const offsets = new Float64Array(columns.offsets.length);
  for (let series = 0; series < columns.ids.length; series++) {
    for (let row = columns.offsets[series]!; row < columns.offsets[series + 1]!; row++) {
      const isFirst = row === columns.offsets[series]!;
      const missing = isFirst ? 0 : stepsByRule(time[row - 1]!, time[row]!, rules[series]!) - 1;
      for (let k = 1; k <= missing; k++) {
        from.push(row - 1);
        times.push(advanceByRule(source[row - 1]!, rules[series]!, k));
        inserted.push(1);
      }
      from.push(row);
      times.push(source[row]!);
      inserted.push(0);
    }
    offsets[series + 1] = from.length;
  }
  return { from: Int32Array.from(from), time: Float64Array.from(times), inserted: Uint8Array.from(inserted), offsets };
}

/**
 * Fills the NaN cells of one series of a column in place, from `start` to `end`; cells with `wanted` 0 are left.
 * Before the first value `forward` and `linear` have nothing to go on: those cells stay NaN (not available).
 */
export function fillCells(
  column: Float64Array,
  start: number,
  end: number,
  policy: FillPolicy,
  wanted?: Uint8Array,
): void {
  if (policy === 'mask') return;
  let previous = -1;
  for (let row = start; row < end; row++) {
    if (!Number.isNaN(column[row]!)) {
      previous = row;
      continue;
    }
    let next = row + 1;
    while (next < end && Number.isNaN(column[next]!)) next++;
    const before = previous < 0 ? Number.NaN : column[previous]!;
    const after = policy === 'linear' && next < end ? column[next]! : before;
    const width = next - previous;
    for (let k = row; k < next; k++) {
      if (wanted && wanted[k] === 0) continue;
      column[k] = policy === 'zero' ? 0 : before + ((after - before) * (k - previous)) / width;
    }
    row = next - 1;
  }
}
