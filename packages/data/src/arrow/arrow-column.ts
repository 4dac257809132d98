import { type Data, DataType, DateUnit, type Dictionary, type Timestamp, TimeUnit, type Vector } from 'apache-arrow';
import type { ColumnLook } from '../roles/column-glimpse.ts';
import type { LooseCells } from '../source/loose-column.ts';
import type { EpochUnit } from '../time/epoch-time.ts';
import { zoneOf } from '../time/local-time.ts';

const units: Readonly<Record<number, EpochUnit>> = {
  [TimeUnit.SECOND]: 's',
  [TimeUnit.MILLISECOND]: 'ms',
  [TimeUnit.MICROSECOND]: 'us',
  [TimeUnit.NANOSECOND]: 'ns',
};

/** What the type of an Arrow column says about its role. */
export function lookOfType(type: DataType): ColumnLook {
  if (DataType.isTimestamp(type) || DataType.isDate(type)) return 'time';
  return DataType.isFloat(type) || DataType.isInt(type) || DataType.isDecimal(type) || DataType.isBool(type)
    ? 'number'
    : 'text';
}

/**
 * Cells of an Arrow column. A float64 column in one chunk without nulls is passed on as it lies in memory; raw integers
 * keep what `get` would round (microseconds, whole numbers beyond 2^53).
 */
export function loadVector(vector: Vector): LooseCells {
  const { type } = vector;
  if (DataType.isDictionary(type)) return loadDictionary(vector as Vector<Dictionary>);
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
  return {
    cells: Array.from(vector, (cell) =>
      DataType.isDecimal(type) && cell !== null ? Number(String(cell)) / 10 ** type.scale : cell,
    ),
  };
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

function loadDictionary(vector: Vector<Dictionary>): LooseCells {
  const codes = new Int32Array(vector.length);
  const names: string[] = [];
  const known = new Map<string, number>();
  let row = 0;
  // Chunks may bring dictionaries of their own: codes are made common by name.
  for (const chunk of vector.data) {
    const place = Array.from(chunk.dictionary!, (name) => {
      const text = String(name);
      if (!known.has(text)) known.set(text, names.push(text) - 1);
      return known.get(text)!;
    });
    for (let k = 0; k < chunk.length; k++) codes[row++] = isValid(chunk, k) ? place[Number(chunk.values[k])]! : -1;
  }
  return { cells: codes, coded: { codes, names } };
}

function isValid(chunk: Data, index: number): boolean {
  if (chunk.nullCount === 0 || !chunk.nullBitmap || chunk.nullBitmap.length === 0) return true;
  const bit = chunk.offset + index;
  return ((chunk.nullBitmap[bit >> 3]! >> (bit & 7)) & 1) === 1;
}
