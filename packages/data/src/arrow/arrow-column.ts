import {
  type Data,
  DataType,
  DateUnit,
  type Decimal,
  type Dictionary,
  type Timestamp,
  TimeUnit,
  type Vector,
} from 'apache-arrow';
import type { ColumnLook } from '../roles/column-glimpse.ts';
import type { CellRole, LooseCells } from '../source/loose-column.ts';
import { clockText } from '../time/clock-text.ts';
import { type EpochUnit, epochTime } from '../time/epoch-time.ts';
import { zoneOf } from '../time/local-time.ts';
import { decimalCells } from './decimal-cells.ts';

const units: Readonly<Record<number, EpochUnit>> = {
  [TimeUnit.SECOND]: 's',
  [TimeUnit.MILLISECOND]: 'ms',
  [TimeUnit.MICROSECOND]: 'us',
  [TimeUnit.NANOSECOND]: 'ns',
};

/** What the type of an Arrow column says about its role; that of its values where they are coded. */
export function lookOfType(type: DataType): ColumnLook {
  if (DataType.isDictionary(type)) return lookOfType(type.dictionary);
  if (DataType.isTimestamp(type) || DataType.isDate(type)) return 'time';
  return DataType.isFloat(type) || DataType.isInt(type) || DataType.isDecimal(type) || DataType.isBool(type)
    ? 'number'
    : 'text';
}

/**
 * Cells of an Arrow column. A float64 column in one chunk without nulls is passed on as it lies in memory; raw integers
 * keep what `get` would round (microseconds, whole numbers beyond 2^53).
 */
export function loadVector(vector: Vector, role: CellRole): LooseCells {
  const { type } = vector;
  if (DataType.isDictionary(type)) return loadDictionary(vector as Vector<Dictionary>, role);
  if (DataType.isDecimal(type)) return { cells: decimalCells(vector as Vector<Decimal>) };
  if (DataType.isTime(type) && role !== 'number') return { cells: clocks(vector, units[type.unit]!) };
  if (DataType.isTimestamp(type)) {
    return {
      cells: joinChunks(vector),
      timeUnit: units[(type as Timestamp).unit]!,
      ...zoneOfType((type as Timestamp).timezone),
    };
  }
  if (DataType.isDate(type)) {
    const days = joinChunks(vector);
    return {
      cells:
        type.unit === DateUnit.DAY ? Float64Array.from(days as ArrayLike<number>, (day) => day * 86_400_000) : days,
      timeUnit: 'ms',
      hasZone: false,
    };
  }
  if ((DataType.isFloat(type) && type.precision > 0) || DataType.isInt(type)) return { cells: joinChunks(vector) };
  const isBytes = DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return {
    cells: Array.from(vector, (cell) => (isBytes && cell !== null ? decoder.decode(cell as Uint8Array) : cell)),
  };
}

/** Times of day as they are written: a number of nanoseconds would be an hour to who joins it to a date. */
function clocks(vector: Vector, unit: EpochUnit): (string | null)[] {
  return Array.from(joinChunks(vector), (cell) =>
    cell === null || Number.isNaN(cell) ? null : clockText(epochTime(Number(cell), unit)),
  );
}

/** Arrow names a zone (`Europe/Berlin`, `UTC`) or an offset (`+02:00`); a name that this platform lacks is UTC. */
function zoneOfType(timezone: string | null | undefined): Pick<LooseCells, 'hasZone' | 'timeZone'> {
  if (!timezone) return { hasZone: false };
  if (/^(utc|z|gmt)$/i.test(timezone)) return { hasZone: true };
  try {
    zoneOf(timezone);
    return { hasZone: true, timeZone: timezone };
  } catch {
    return { hasZone: true };
  }
}

function joinChunks(vector: Vector): ArrayLike<unknown> {
  const only = vector.data[0];
  if (vector.data.length === 1 && only && only.nullCount === 0)
    return (only.values as Float64Array).subarray(0, only.length);
  const isLong = only?.values instanceof BigInt64Array || only?.values instanceof BigUint64Array;
  const cells = isLong ? new Array<unknown>(vector.length) : new Float64Array(vector.length);
  let row = 0;
  for (const chunk of vector.data) {
    for (let k = 0; k < chunk.length; k++)
      cells[row++] = (isValid(chunk, k) ? chunk.values[k] : isLong ? null : Number.NaN) as never;
  }
  return cells;
}

/** Texts stay coded; other values are read as those of a plain column are. */
function loadDictionary(vector: Vector<Dictionary>, role: CellRole): LooseCells {
  const isText = lookOfType(vector.type) === 'text';
  const codes = new Int32Array(vector.length);
  const names: string[] = [];
  const known = new Map<string, number>();
  const values: unknown[] = [];
  let loaded: LooseCells = { cells: [] };
  let row = 0;
  // Chunks may bring dictionaries of their own: codes are made common by name.
  for (const chunk of vector.data) {
    loaded = loadVector(chunk.dictionary!, isText ? 'text' : role);
    const place = Array.from(loaded.cells, (cell) => {
      const text = String(cell);
      if (!known.has(text)) {
        known.set(text, names.push(text) - 1);
        values.push(cell);
      }
      return known.get(text)!;
    });
    for (let k = 0; k < chunk.length; k++) codes[row++] = isValid(chunk, k) ? place[Number(chunk.values[k])]! : -1;
  }
  if (isText) return { cells: codes, coded: { codes, names } };
  return { ...loaded, cells: Array.from(codes, (code) => values[code] ?? null) };
}

function isValid(chunk: Data, index: number): boolean {
  if (chunk.nullCount === 0 || !chunk.nullBitmap || chunk.nullBitmap.length === 0) return true;
  const bit = chunk.offset + index;
  return ((chunk.nullBitmap[bit >> 3]! >> (bit & 7)) & 1) === 1;
}
