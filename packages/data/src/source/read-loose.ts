import { DataError } from '../data-error.ts';
import { type Roles, resolveRoles } from '../roles/resolve-roles.ts';
import { buildSeries } from '../series/build-series.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { FaultList } from './fault-list.ts';
import { type TimeCells, toNumbers, toTexts, toTimes } from './loose-cells.ts';
import type { LooseColumn } from './loose-column.ts';
import type { RoleTable, SourceTable, TextColumn } from './source-table.ts';

/** A table whose columns are loaded one by one. */
export interface LooseTable {
  readonly name: string;
  readonly format: string;
  readonly rows: number;
  readonly columns: readonly LooseColumn[];
  readonly lineOf?: (row: number) => number | undefined;
  readonly notices?: readonly string[];
}

/** Gives the columns their roles, loads those that have one, and makes series of them. */
export async function readLoose(source: LooseTable, options: SeriesOptions): Promise<SeriesSet> {
  const { table, roles } = await loadLoose(source, options);
  return buildSeries(table, roles, options);
}

/** Gives the columns their roles and loads those that have one. */
export async function loadLoose(source: LooseTable, options: SeriesOptions): Promise<RoleTable> {
  const { name, rows } = source;
  const roles = resolveRoles(name, source.columns, options);
  if (rows === 0)
    throw new DataError('data/header-only', `${name}: there are columns but no rows; at least one row is needed.`, {
      file: name,
    });
  const faults = new FaultList();
  const numbers = new Map<string, Float64Array>();
  const texts = new Map<string, TextColumn>();
  let times: TimeCells | undefined;
  for (const column of source.columns) {
    const { name: label } = column;
    if (label === roles.time) times = toTimes(label, await column.load('time'), options, faults);
    else if (label === roles.id) texts.set(label, toTexts(label, await column.load('text'), true, faults));
    else if (isTextCovariate(column, roles)) texts.set(label, toTexts(label, await column.load('text'), false, faults));
    else if (!roles.unused.includes(label)) numbers.set(label, toNumbers(label, await column.load('number'), faults));
  }
  if (faults.count > 0) throw faults.toError(name, 'Correct the data.');
  if (times?.mixedRows) throw mixedZones(name, roles.time!, times.mixedRows);
  const table: SourceTable = {
    name,
    format: source.format,
    rows,
    time: times?.time ?? null,
    timeHasZone: times?.hasZone ?? false,
    timeColumn: roles.time,
    ...(times?.utcOffset === undefined ? {} : { utcOffset: times.utcOffset }),
    isShared: true,
    numbers,
    texts,
    lineOf: source.lineOf ?? (() => undefined),
    rowsRead: rows,
    rowsRejected: 0,
    rejected: [],
    unusedColumns: roles.unused,
    notices: [...(source.notices ?? []), ...timeNotices(roles.time, times)],
  };
  return { table, roles };
}

function isTextCovariate(column: LooseColumn, roles: Roles): boolean {
  const isCovariate = [roles.historic, roles.future, roles.static].some((names) => names.includes(column.name));
  return isCovariate && (column.look === 'text' || column.look === 'time');
}

function mixedZones(name: string, column: string, [zoned, naive]: readonly [number, number]): DataError {
  const message = `${name}: column '${column}' mixes times with a UTC offset (row ${zoned + 1}) and without one (row ${naive + 1}); write all of them with an offset or none.`;
  return new DataError('data/mixed-time-zones', message, { file: name, column, row: Math.max(zoned, naive) + 1 });
}

function timeNotices(column: string | null, times: TimeCells | undefined): string[] {
  const notices: string[] = [];
  if (times?.foundUnit) notices.push(`column '${column}' holds whole numbers, read as ${times.foundUnit} since 1970`);
  if (times?.droppedDigits) notices.push(`column '${column}' has digits beyond the microsecond, which were dropped`);
  return notices;
}
