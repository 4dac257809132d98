import { DataError } from '../data-error.ts';
import type { TextColumn } from '../source/source-table.ts';

/** Cells of a crosstab, row for row, that become rows; and what was left out. */
export interface KeptCells {
  readonly cells: Float64Array;
  /** Empty cells before the first and behind the last value of their series. */
  readonly outside: number;
  /** Ids of series without any value. */
  readonly without: readonly string[];
}

/**
 * The cells that have a time, by series and time, each series from its first value to its last. What is empty behind the
 * last one stays where columns known ahead go on.
 *
 * @throws DataError `data/missing-value` when no cell has a value
 */
export function keptCells(
  file: string,
  grid: readonly Float64Array[],
  times: (row: number, column: number) => number,
  ids: TextColumn | null,
  hasFuture: boolean,
): KeptCells {
  const width = grid.length;
  const rows = grid[0]!.length;
  const cells = new Float64Array(rows * width);
  let count = 0;
  let isSorted = true;
  let [lastSeries, lastTime] = [-1, -Infinity];
  const seriesOf = (cell: number) => ids?.codes[Math.floor(cell / width)] ?? 0;
  const timeOf = (cell: number) => times(Math.floor(cell / width), cell % width);
  for (let row = 0; row < rows; row++) {
    const series = ids?.codes[row] ?? 0;
    for (let column = 0; column < width; column++) {
      const time = times(row, column);
      if (Number.isNaN(time)) continue;
      if (series < lastSeries || (series === lastSeries && time < lastTime)) isSorted = false;
      [lastSeries, lastTime] = [series, time];
      cells[count++] = row * width + column;
    }
  }
  const all = cells.subarray(0, count);
  if (!isSorted)
    all.sort((one, other) => seriesOf(one) - seriesOf(other) || timeOf(one) - timeOf(other) || one - other);
  const isEmpty = (cell: number) => Number.isNaN(grid[cell % width]![Math.floor(cell / width)]!);
  const without: string[] = [];
  let [kept, outside] = [0, 0];
  for (let start = 0, end = 0; start < count; start = end) {
    const series = seriesOf(all[start]!);
    while (end < count && seriesOf(all[end]!) === series) end++;
    let [first, last] = [start, end];
    while (first < end && isEmpty(all[first]!)) first++;
    if (first === end) without.push(ids?.names[series] ?? '');
    else while (!hasFuture && isEmpty(all[last - 1]!)) last--;
    if (first < end) outside += end - start - (last - first);
    // Moves to the front only, so that it overwrites nothing that is still to be read.
    all.copyWithin(kept, first, first === end ? first : last);
    kept += first === end ? 0 : last - first;
  }
  if (kept === 0)
    throw new DataError('data/missing-value', `${file}: no cell of the columns that are times has a value.`, { file });
  return { cells: all.subarray(0, kept), outside, without };
}
