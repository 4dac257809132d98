import type { SchemaElement } from 'hyparquet';

/** How the numbers of a column are stored, and what they mean. */
export interface NumberForm {
  readonly type: 'INT32' | 'INT64' | 'FLOAT' | 'DOUBLE';
  /** `unsigned` 32 bits; `days`, `micros`, `nanos` become milliseconds; `decimal` is divided by `divisor`. */
  readonly meaning: 'plain' | 'unsigned' | 'days' | 'micros' | 'nanos' | 'decimal';
  /** A power of ten: dividing by it rounds once, as reading the digits would; multiplying by a tenth rounds twice. */
  readonly divisor: number;
}

/** The form of a column of numbers or times; null for those that are left to the general reader. */
export function numberForm({ type, converted_type: converted, ...element }: SchemaElement): NumberForm | null {
  const logical = element.logical_type;
  const form = (meaning: NumberForm['meaning']) => ({
    type: type as NumberForm['type'],
    meaning,
    divisor: meaning === 'decimal' ? 10 ** (element.scale || 0) : 1,
  });
  if (converted === 'DECIMAL') return type === 'INT32' || type === 'INT64' ? form('decimal') : null;
  if (type === 'FLOAT' || type === 'DOUBLE') return converted || logical ? null : form('plain');
  if (type === 'INT32') {
    if (converted === 'DATE') return form('days');
    if (converted === 'UINT_32' || isUnsigned(logical, 32)) return form('unsigned');
    return isWhole(converted, logical) ? form('plain') : null;
  }
  if (type !== 'INT64' || converted === 'UINT_64' || isUnsigned(logical, 64)) return null;
  if (converted === 'TIMESTAMP_MILLIS') return form('plain');
  if (converted === 'TIMESTAMP_MICROS') return form('micros');
  if (logical?.type === 'TIMESTAMP')
    return form(logical.unit === 'NANOS' ? 'nanos' : logical.unit === 'MICROS' ? 'micros' : 'plain');
  return isWhole(converted, logical) ? form('plain') : null;
}

const wholeTypes: ReadonlySet<string> = new Set([
  'INT_8',
  'INT_16',
  'INT_32',
  'INT_64',
  'UINT_8',
  'UINT_16',
  'TIME_MILLIS',
  'TIME_MICROS',
]);

function isWhole(converted: SchemaElement['converted_type'], logical: SchemaElement['logical_type']): boolean {
  const isKnown = !logical || logical.type === 'INTEGER' || logical.type === 'TIME';
  return isKnown && (!converted || wholeTypes.has(converted));
}

function isUnsigned(logical: SchemaElement['logical_type'], bits: number): boolean {
  return logical?.type === 'INTEGER' && logical.bitWidth === bits && !logical.isSigned;
}
