import type { SchemaElement } from 'hyparquet';
import type { ColumnLook } from '../roles/column-glimpse.ts';
import type { CellRole, LooseCells } from '../source/loose-column.ts';
import { clockText } from '../time/clock-text.ts';
import { decodeChunk, isFlatChunk } from './flat-column.ts';
import { generalCells } from './general-column.ts';
import { type NumberForm, numberForm } from './number-form.ts';
import { NumberSink } from './number-sink.ts';
import { type ParquetFile, readChunks } from './parquet-file.ts';
import { TextSink } from './text-sink.ts';

/** What the type of a column says about its role. */
export function lookOf(element: SchemaElement): ColumnLook {
  if (isTime(element)) return 'time';
  const isText = element.type === 'BYTE_ARRAY' && element.converted_type !== 'DECIMAL';
  return isText ? 'text' : 'number';
}

function isTime({ type, converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return (
    converted === 'DATE' ||
    converted === 'TIMESTAMP_MILLIS' ||
    converted === 'TIMESTAMP_MICROS' ||
    logical?.type === 'TIMESTAMP' ||
    type === 'INT96'
  );
}

/** Milliseconds of a unit of a time of day. */
function clockUnit({ converted_type: converted, logical_type: logical }: SchemaElement): number | undefined {
  if (logical?.type === 'TIME') return { MILLIS: 1, MICROS: 1e-3, NANOS: 1e-6 }[logical.unit];
  return converted === 'TIME_MILLIS' ? 1 : converted === 'TIME_MICROS' ? 1e-3 : undefined;
}

/** A time of day as it is written: a number of nanoseconds would be an hour to who joins it to a date. */
function clockOf(cell: unknown, unit: number): string | null {
  return cell === null || cell === undefined || Number.isNaN(cell) ? null : clockText(Number(cell) * unit);
}

function hasZone({ logical_type: logical }: SchemaElement): boolean {
  return logical?.type === 'TIMESTAMP' && logical.isAdjustedToUTC;
}

/**
 * Loads rows `[firstRow, endRow)` of a column for a role. Flat columns of numbers, times and texts in the encodings that
 * most files have are decoded straight into typed arrays, all others by hyparquet.
 *
 * @throws DataError `data/corrupt-file` with row group and column
 */
export async function loadColumn(
  parquet: ParquetFile,
  element: SchemaElement,
  role: CellRole,
  firstRow: number,
  endRow: number,
): Promise<LooseCells> {
  const cells =
    (await loadFlatCells(parquet, element, role, firstRow, endRow)) ??
    (await loadGeneralCells(parquet, element, firstRow, endRow));
  const clock = clockUnit(element);
  if (clock !== undefined && role !== 'number')
    return { cells: Array.from(cells.cells, (cell) => clockOf(cell, clock)) };
  if (!isTime(element)) return cells;
  const timeZone = hasZone(element) ? parquet.timeZones.get(element.name) : undefined;
  return { ...cells, timeUnit: 'ms', hasZone: hasZone(element), ...(timeZone === undefined ? {} : { timeZone }) };
}

/** The cells of a flat column; undefined where the general reader has to do it. */
export async function loadFlatCells(
  parquet: ParquetFile,
  element: SchemaElement,
  role: CellRole,
  firstRow: number,
  endRow: number,
): Promise<LooseCells | undefined> {
  const form = numberForm(element);
  if (form !== null) {
    const numbers = new Float64Array(endRow - firstRow);
    const isDone = await decodeFlat(parquet, element, new NumberSink(form), numbers, firstRow);
    return isDone && !losesDigits(form, numbers) ? { cells: numbers } : undefined;
  }
  if (!isText(element)) return undefined;
  const sink = new TextSink();
  const codes = new Int32Array(endRow - firstRow);
  if (!(await decodeFlat(parquet, element, sink, codes, firstRow))) return undefined;
  if (role === 'text') return { cells: codes, coded: { codes, names: sink.names } };
  return { cells: Array.from(codes, (code) => sink.names[code] ?? null) };
}

/** The cells of any column, by hyparquet. */
export async function loadGeneralCells(
  parquet: ParquetFile,
  element: SchemaElement,
  firstRow: number,
  endRow: number,
): Promise<LooseCells> {
  const isLoose = lookOf(element) === 'text' || (element.type === 'INT64' && !isTime(element));
  const cells = isLoose ? new Array<unknown>(endRow - firstRow) : new Float64Array(endRow - firstRow);
  const groups = groupsOf(parquet, firstRow, endRow);
  await readChunks(parquet, element.name, groups, (chunk, group) =>
    generalCells(parquet, chunk, group, cells, parquet.groupStarts[group]! - firstRow),
  );
  if (element.converted_type === 'DECIMAL') roundDecimals(cells, 10 ** (element.scale || 0));
  return { cells };
}

/** hyparquet multiplies by a power of a tenth, which is 0.29000000000000004 for 29 hundredths. */
function roundDecimals(cells: unknown[] | Float64Array, divisor: number): void {
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    const whole = typeof cell === 'number' ? Math.round(cell * divisor) : Number.NaN;
    if (Number.isSafeInteger(whole)) cells[row] = whole / divisor;
  }
}

type Sink = { cells: Float64Array; sink: NumberSink } | { cells: Int32Array; sink: TextSink };

async function decodeFlat<S extends Sink>(
  parquet: ParquetFile,
  element: SchemaElement,
  sink: S['sink'],
  out: S['cells'],
  firstRow: number,
): Promise<boolean> {
  const groups = groupsOf(parquet, firstRow, firstRow + out.length);
  const isNullable = element.repetition_type !== 'REQUIRED';
  let isFlat = true;
  await readChunks(parquet, element.name, groups, (chunk, group) => {
    const { codec } = chunk.meta;
    const decompress = codec === 'UNCOMPRESSED' ? (bytes: Uint8Array) => bytes : parquet.decompressors[codec];
    isFlat &&= decompress !== undefined && isFlatChunk(chunk, element);
    if (isFlat) decodeChunk(chunk, isNullable, decompress!, sink as never, out, parquet.groupStarts[group]! - firstRow);
  });
  return isFlat;
}

function groupsOf({ groupStarts }: ParquetFile, firstRow: number, endRow: number): number[] {
  const groups: number[] = [];
  for (let group = 0; group + 1 < groupStarts.length; group++)
    if (groupStarts[group + 1]! > firstRow && groupStarts[group]! < endRow) groups.push(group);
  return groups;
}

/** Long whole numbers that are ids or times keep all their digits; as values they are float64, and that is told. */
function losesDigits({ type, meaning }: NumberForm, numbers: Float64Array): boolean {
  if (type !== 'INT64' || meaning !== 'plain') return false;
  return numbers.some((number) => Math.abs(number) > Number.MAX_SAFE_INTEGER);
}

function isText({ type, converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  const isKnown = !converted || converted === 'UTF8' || converted === 'ENUM';
  return type === 'BYTE_ARRAY' && isKnown && (!logical || logical.type === 'STRING' || logical.type === 'ENUM');
}
