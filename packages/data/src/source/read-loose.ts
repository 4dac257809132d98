import { type BarColumns, barColumnsAmong } from '../bars/bar-columns.ts';
import { findRoles } from '../crosstab/find-roles.ts';
import type { GlimpsedTable } from '../crosstab/glimpsed-table.ts';
import { checkNumberForms } from '../csv/number-forms.ts';
import { DataError } from '../data-error.ts';
import type { ColumnGlimpse } from '../roles/column-glimpse.ts';
import { type Roles, resolveRoles } from '../roles/resolve-roles.ts';
import { buildSeries } from '../series/build-series.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { compileTimeFormat } from '../time/parse-formatted-time.ts';
import { roundSerialDates } from '../time/round-serial-dates.ts';
import { timeJoiner } from '../time/time-joiner.ts';
import { FaultList } from './fault-list.ts';
import { timesAsTexts, toNumbers, toTexts } from './loose-cells.ts';
import type { LooseCells, LooseColumn } from './loose-column.ts';
import { type TimeCells, toTimes } from './loose-times.ts';
import type { RoleTable, SourceTable, TextColumn } from './source-table.ts';

/** A table whose columns are loaded one by one. */
export interface LooseTable {
  readonly name: string;
  readonly format: string;
  readonly rows: number;
  readonly columns: readonly LooseColumn[];
  readonly lineOf?: (row: number) => number | undefined;
  readonly notices?: readonly string[];
  /** A piece of a file that is read many times: what looks at the file as a whole leaves it alone. */
  readonly isPiece?: boolean;
}

/** Gives the columns their roles, loads those that have one, and makes series of them. */
export async function readLoose(source: LooseTable, options: SeriesOptions): Promise<SeriesSet> {
  const { table, roles } = await loadLoose(source, options);
  return buildSeries(table, roles, options);
}

/** Gives the columns their roles and loads those that have one. */
export async function loadLoose(source: LooseTable, options: SeriesOptions): Promise<RoleTable> {
  const { name, rows } = source;
  checkDistinct(name, source.columns);
  const { columns, roles, turn } = await findRoles(glimpsed(source), options, () =>
    resolveRoles(name, source.columns, options),
  );
  if (rows === 0)
    throw new DataError('data/header-only', `${name}: there are columns but no rows; at least one row is needed.`, {
      file: name,
    });
  const faults = new FaultList();
  const numbers = new Map<string, Float64Array>();
  const texts = new Map<string, TextColumn>();
  const forms = new Map<string, number>();
  const parts = new Map<string, LooseCells>();
  const inexact: string[] = [];
  let times: TimeCells | undefined;
  for (const [at, column] of source.columns.entries()) {
    const { name: label } = column;
    if (roles.timeParts?.includes(label)) parts.set(label, await column.load('text'));
    else if (label === roles.time) times = toTimes(label, await column.load('time'), options, faults);
    else if (label === roles.id) texts.set(label, toTexts(label, await column.load('text'), true, faults));
    else if (isTextCovariate(columns[at]!, roles))
      texts.set(label, toTexts(label, await column.load('text'), false, faults));
    else if (!roles.unused.includes(label)) {
      const read = toNumbers(label, await column.load('number'), options, faults);
      numbers.set(label, read.numbers);
      forms.set(label, read.forms);
      if (read.inexactRow > 0)
        inexact.push(`column '${label}', row ${read.inexactRow}: a whole number beyond 2^53 is not exact in float64`);
    }
  }
  const joined = roles.timeParts && joinCells(roles.timeParts, parts, options);
  if (joined) times = toTimes(roles.timeParts!.join(' + '), { cells: joined.cells }, joined.told, faults);
  if (times?.units?.isFound) throw times.units.toError(name, roles.time!, 'row');
  if (faults.count > 0) throw faults.toError(name, 'Correct the data.');
  if (times?.mixedRows) throw mixedZones(name, roles.time!, times.mixedRows);
  if (times?.unit !== undefined) {
    const { checkEpochs } = await import('../time/check-epochs.ts');
    const isTold = options.timeUnit !== undefined;
    checkEpochs(times.time, { file: name, column: roles.time!, unit: times.unit, isTold });
  }
  const rounded = times?.unit === 'excel' ? roundSerialDates(roles.time!, times.time) : [];
  const table: SourceTable = {
    name,
    format: source.format,
    rows,
    time: times?.time ?? null,
    timeHasZone: times?.hasZone ?? false,
    timeColumn: roles.time,
    ...(roles.clock === undefined ? {} : { clockColumns: roles.clock }),
    ...(roles.names === undefined ? {} : { nameColumns: roles.names }),
    ...(roles.otherTime === undefined ? {} : { otherTime: roles.otherTime }),
    ...(times?.utcOffset === undefined ? {} : { utcOffset: times.utcOffset }),
    ...(times?.offsetRuns === undefined ? {} : { offsetRuns: times.offsetRuns }),
    ...(times?.timeZone === undefined ? {} : { timeZone: times.timeZone }),
    timeTexts: times?.texts ?? [],
    isShared: true,
    numbers,
    texts,
    ...(source.isPiece ? {} : await loadBars(source.columns, numbers, options)),
    lineOf: source.lineOf ?? (() => undefined),
    rowsRead: rows,
    rowsRejected: 0,
    rejected: [],
    unusedColumns: roles.unused,
    notices: [
      ...(source.notices ?? []),
      ...(joined?.notices ?? []),
      ...timeNotices(roles.time, times, options),
      ...rounded,
      ...inexact,
      ...formNotices(name, numbers, forms, options),
    ],
  };
  return turn(table);
}

/** The table as far as it has to be known to see what its columns are. */
function glimpsed({ name, columns }: LooseTable): GlimpsedTable {
  const cellsOf = async (label: string): Promise<string[]> => {
    const { firstTexts } = await import('../crosstab/first-texts.ts');
    return firstTexts(await columns.find((one) => one.name === label)!.load('text'));
  };
  return { file: name, columns, cellsOf };
}

/** The parts of price bars: those that have a role are there already. One whose cells are no numbers is left out. */
async function loadBars(
  columns: readonly LooseColumn[],
  numbers: ReadonlyMap<string, Float64Array>,
  options: SeriesOptions,
): Promise<{ readonly bars?: BarColumns }> {
  const parts = barColumnsAmong(columns.map(({ name }) => name));
  if (parts.size === 0) return {};
  const bars: Record<string, Float64Array> = {};
  for (const column of columns) {
    const part = parts.get(column.name);
    if (part === undefined) continue;
    const faults = new FaultList();
    const cells =
      numbers.get(column.name) ?? toNumbers(column.name, await column.load('number'), options, faults).numbers;
    if (faults.count === 0) bars[part] = cells;
  }
  return { bars };
}

/** A name that occurs twice would make one column of the other's values. */
function checkDistinct(name: string, columns: readonly LooseColumn[]): void {
  const seen = new Set<string>();
  for (const { name: label } of columns) {
    if (seen.has(label)) {
      const message = `${name}: column '${label}' occurs twice; rename one.`;
      throw new DataError('data/duplicate-column', message, { file: name, column: label });
    }
    seen.add(label);
  }
}

function isTextCovariate(column: ColumnGlimpse, roles: Roles): boolean {
  const isCovariate = [roles.historic, roles.future, roles.static].some((names) => names.includes(column.name));
  return isCovariate && (column.look === 'text' || column.look === 'time');
}

function mixedZones(name: string, column: string, [zoned, naive]: readonly [number, number]): DataError {
  const message = `${name}: column '${column}' mixes times with a UTC offset (row ${zoned + 1}) and without one (row ${naive + 1}); write all of them with an offset or none.`;
  return new DataError('data/mixed-time-zones', message, { file: name, column, row: Math.max(zoned, naive) + 1 });
}

/** Signs between thousands that were taken for decimal signs, in cells of texts. */
function formNotices(
  name: string,
  numbers: ReadonlyMap<string, Float64Array>,
  forms: ReadonlyMap<string, number>,
  options: SeriesOptions,
): string[] {
  if (options.decimal !== undefined || options.thousands !== undefined) return [];
  return [...forms].flatMap(([column, form]) => {
    const value =
      form === 0 ? undefined : numbers.get(column)!.find((number) => number % 1 !== 0 && !Number.isNaN(number));
    return checkNumberForms(name, column, form, '.', value === undefined ? undefined : { value }) ?? [];
  });
}

/** Texts of times that stand in several columns, what of the options is left to be read in them, and notices. */
function joinCells(
  names: readonly string[],
  parts: ReadonlyMap<string, LooseCells>,
  options: SeriesOptions,
): { readonly cells: string[]; readonly told: SeriesOptions; readonly notices: readonly string[] } {
  const texts = names.map((name) => Array.from(timesAsTexts(parts.get(name)!), (cell) => String(cell ?? '').trim()));
  const timeFormat = options.timeFormat === undefined ? undefined : compileTimeFormat(options.timeFormat);
  const { join, isRead, notices } = timeJoiner(names, texts, { timezone: options.timezone, timeFormat });
  const cells = texts[0]!.map((_, row) => {
    const cellsOfRow = texts.map((column) => column[row]!);
    return cellsOfRow.includes('') ? '' : join(cellsOfRow);
  });
  const { timeFormat: _, ...rest } = options;
  return { cells, told: isRead ? rest : options, notices };
}

function timeNotices(column: string | null, times: TimeCells | undefined, options: SeriesOptions): string[] {
  const notices: string[] = [];
  if (times?.unit && options.timeUnit === undefined)
    notices.push(`column '${column}' holds whole numbers, read as ${times.unit} since 1970`);
  if (times?.droppedDigits) notices.push(`column '${column}' has digits beyond the microsecond, which were dropped`);
  return notices;
}
