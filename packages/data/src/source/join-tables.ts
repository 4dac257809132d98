import { type BarColumns, type BarPart, barParts } from '../bars/bar-columns.ts';
import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import { OffsetLog } from '../time/find-zone.ts';
import type { RoleTable, SourceTable, TextColumn } from './source-table.ts';

/** A table of one file, and the series id that the file stands for. */
export interface FileTable extends RoleTable {
  readonly id: string;
}

/** Id column of tables that were joined by file. */
export const fileIdColumn = 'file';

/**
 * Joins the tables of several files. Where they have no id column, the file is the id.
 *
 * @throws DataError `data/missing-column` when their columns differ, `data/mixed-time-zones` when their times do
 */
export function joinTables(name: string, files: readonly FileTable[]): RoleTable {
  const first = files[0]!;
  for (const file of files) checkSame(first, file);
  const starts = [0];
  for (const { table } of files) starts.push(starts.at(-1)! + table.rows);
  const tables = files.map((file) => file.table);
  const fileOf = (row: number) => files[fileIndex(starts, row)]!;
  const ids: TextColumn = {
    codes: joinCodes(files.map(({ table }, index) => new Int32Array(table.rows).fill(index))),
    names: files.map((file) => file.id),
  };
  const roles: Roles = first.roles.id === null ? { ...first.roles, id: fileIdColumn } : first.roles;
  const texts = new Map(
    [...first.table.texts.keys()].map((column) => [column, joinTexts(tables.map((table) => table.texts.get(column)!))]),
  );
  if (first.roles.id === null) texts.set(fileIdColumn, ids);
  const table: SourceTable = {
    ...first.table,
    name,
    rows: starts.at(-1)!,
    time: first.table.time === null ? null : joinNumbers(tables.map((table) => table.time!)),
    ...joinedOffset(tables, starts),
    isShared: false,
    numbers: new Map(
      [...first.table.numbers.keys()].map((column) => [
        column,
        joinNumbers(tables.map((table) => table.numbers.get(column)!)),
      ]),
    ),
    texts,
    ...joinBars(tables),
    lineOf: (row) => fileOf(row).table.lineOf(row - starts[fileIndex(starts, row)]!),
    fileOf: (row) => fileOf(row).table.name,
    ...joinedCells(tables, starts),
    rowsRead: sum(tables.map((table) => table.rowsRead)),
    rowsRejected: sum(tables.map((table) => table.rowsRejected)),
    rejected: tables.flatMap((table) => table.rejected).slice(0, 5),
    notices: [`${files.length} files joined`, ...new Set(tables.flatMap((table) => table.notices))],
  };
  return { table, roles };
}

function checkSame(first: FileTable, other: FileTable): void {
  const columns = ({ roles }: FileTable) =>
    JSON.stringify([roles.time, roles.id, roles.targets, roles.historic, roles.future, roles.static, roles.layout]);
  const kinds = ({ table }: FileTable) => [...table.texts.keys()].join();
  if (columns(first) !== columns(other) || kinds(first) !== kinds(other)) {
    const message = `${other.table.name}: its columns play other parts than those of ${first.table.name}: ${columns(other)} and ${columns(first)}; name them: ${remedy('time')}, ${remedy('target')} and the covariates.`;
    throw new DataError('data/missing-column', message, { file: other.table.name });
  }
  if (first.table.timeHasZone === other.table.timeHasZone) return;
  const message = `${other.table.name} and ${first.table.name}: times of one carry a UTC offset, of the other none; write all alike.`;
  throw new DataError('data/mixed-time-zones', message, { file: other.table.name });
}

/** Offset of the times of all tables; where it varies, of which row each is. */
function joinedOffset(
  tables: readonly SourceTable[],
  starts: readonly number[],
): Pick<SourceTable, 'utcOffset' | 'offsetRuns'> {
  const offsets = new Set(tables.map((table) => table.utcOffset));
  const [first] = offsets;
  if (first === undefined) return {};
  if (offsets.size === 1 && first !== 'varying') return { utcOffset: first };
  const runs = new OffsetLog();
  for (const [index, { utcOffset, offsetRuns }] of tables.entries()) {
    if (typeof utcOffset === 'number') runs.add(starts[index]!, utcOffset);
    for (const [run, row] of (offsetRuns?.rows ?? []).entries())
      runs.add(starts[index]! + row, offsetRuns!.minutes[run]!);
  }
  return { utcOffset: 'varying', offsetRuns: runs };
}

/** Cells of the sources, where all tables were turned. */
function joinedCells(tables: readonly SourceTable[], starts: readonly number[]): Pick<SourceTable, 'cellOf'> {
  if (!tables.every(({ cellOf }) => cellOf !== undefined)) return {};
  return {
    cellOf: (row) => {
      const file = fileIndex(starts, row);
      return tables[file]!.cellOf!(row - starts[file]!);
    },
  };
}

/** The parts that all tables have. */
function joinBars(tables: readonly SourceTable[]): { readonly bars?: BarColumns } {
  const common = barParts.filter((part) => tables.every(({ bars }) => bars?.[part] !== undefined));
  if (common.length === 0) return {};
  const joined = common.map((part): [BarPart, Float64Array] => [
    part,
    joinNumbers(tables.map(({ bars }) => bars![part]!)),
  ]);
  return { bars: Object.fromEntries(joined) };
}

/** By bisection: a folder may hold a file for each of many series. */
function fileIndex(starts: readonly number[], row: number): number {
  let [low, high] = [0, starts.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

function joinNumbers(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(sum(parts.map((part) => part.length)));
  let row = 0;
  for (const part of parts) {
    joined.set(part, row);
    row += part.length;
  }
  return joined;
}

function joinCodes(parts: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(sum(parts.map((part) => part.length)));
  let row = 0;
  for (const part of parts) {
    joined.set(part, row);
    row += part.length;
  }
  return joined;
}

/** Codes are made common by name. */
function joinTexts(parts: readonly TextColumn[]): TextColumn {
  const known = new Map<string, number>();
  const codes = parts.map((part) => {
    const place = part.names.map((name) => {
      if (!known.has(name)) known.set(name, known.size);
      return known.get(name)!;
    });
    return part.codes.map((code) => (code < 0 ? -1 : place[code]!));
  });
  return { codes: joinCodes(codes), names: [...known.keys()] };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
