import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { RoleTable, SourceTable, TextColumn } from '../source/source-table.ts';
import { cellTimes } from './cell-times.ts';
import type { Crosstab } from './crosstab.ts';
import { keptCells } from './kept-cells.ts';
import { type RowParts, readRowParts } from './row-parts.ts';
import { sayTurned } from './say-turned.ts';
import { seriesOfRows } from './series-of-rows.ts';

/**
 * Makes a long table of a crosstab: a row for each cell, with its time, its series and its value. Cells before the first
 * and behind the last value of a series are left out, and its rows are in the order of time.
 *
 * @throws DataError with line and column of the first fault
 */
export function turnTable(table: SourceTable, crosstab: Crosstab, options: SeriesOptions): RoleTable {
  const { across, row, time, target, keys } = crosstab;
  const rowParts: RowParts | null = row === undefined ? null : readRowParts(table, row, options);
  const series = seriesOfRows(table, crosstab.ids, crosstab.keys, rowParts?.parts ?? null);
  const left = [...new Set([...crosstab.left, ...keys.filter((name) => !series?.columns.includes(name))])];
  const grid = across.columns.map(({ name }) => table.numbers.get(name)!);
  const { times, texts, timeFormat, hasZone } = cellTimes(table, crosstab, rowParts, options);
  const kept = keptCells(table.name, grid, times, series?.ids ?? null, (options.future ?? []).length > 0);
  const width = grid.length;
  const { cells } = kept;
  const sourceRow = (cell: number) => Math.floor(cell / width);
  const pick = (read: (row: number, column: number) => number): Float64Array => {
    const picked = new Float64Array(cells.length);
    for (let at = 0; at < picked.length; at++) picked[at] = read(sourceRow(cells[at]!), cells[at]! % width);
    return picked;
  };
  const codesOf = ({ codes, names }: TextColumn): TextColumn => {
    const picked = new Int32Array(cells.length);
    for (let at = 0; at < picked.length; at++) picked[at] = codes[sourceRow(cells[at]!)]!;
    return { codes: picked, names };
  };
  const id = series === null ? null : series.columns.map((name) => name || 'id').join(' + ');
  const roles: Roles = {
    time,
    id,
    targets: [target],
    historic: options.historic ?? [],
    future: options.future ?? [],
    static: options.static ?? [],
    unused: left,
    layout: 'crosstab',
    ...(across.formats === undefined ? {} : { timeFormat: across.formats[0]! }),
  };
  const carried = [...roles.historic, ...roles.future, ...roles.static];
  checkNames(table.name, [time, target, ...(id === null ? [] : [id]), ...carried]);
  const turned: SourceTable = {
    name: table.name,
    format: table.format,
    rows: cells.length,
    time: pick((at, column) => times(at, column)),
    timeHasZone: hasZone,
    timeColumn: time,
    ...(hasZone ? { utcOffset: 0 } : {}),
    timeTexts: texts,
    ...(timeFormat === undefined ? {} : { timeFormat }),
    isShared: false,
    numbers: new Map([
      [target, pick((at, column) => grid[column]![at]!)],
      ...carried.flatMap((name): [string, Float64Array][] => {
        const values = table.numbers.get(name);
        return values === undefined ? [] : [[name, pick((at) => values[at]!)]];
      }),
    ]),
    texts: new Map([
      ...(series === null ? [] : [[id!, codesOf(series.ids)] as const]),
      ...carried.flatMap((name) => {
        const column = table.texts.get(name);
        return column === undefined ? [] : [[name, codesOf(column)] as const];
      }),
    ]),
    lineOf: (at) => table.lineOf(sourceRow(cells[at]!)),
    cellOf: (at) => ({ row: sourceRow(cells[at]!), column: across.columns[cells[at]! % width]!.name }),
    rowsRead: table.rowsRead,
    rowsRejected: table.rowsRejected,
    rejected: table.rejected,
    unusedColumns: left,
    notices: [...table.notices, ...sayTurned({ ...crosstab, left }, { rowParts, series, kept })],
  };
  return { table: turned, roles };
}

function checkNames(file: string, names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  const message = `${file}: '${twice}' would be two columns of the turned table; rename it in the file, or call the values otherwise: ${remedy('target')}.`;
  throw new DataError('data/duplicate-column', message, { file, column: twice });
}
