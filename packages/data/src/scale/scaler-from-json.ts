import { DataError } from '../data-error.ts';
import type { JsonValue } from '../json.ts';
import { type ColumnScale, type ScalerKind, scalerKinds } from './column-scale.ts';
import { type Scaler, scalerOf } from './scaler.ts';

/**
 * The scaler that `toJson` described; parameters come back exactly.
 *
 * @throws DataError `data/bad-state` when the JSON is not from a scaler
 */
export function scalerFromJson(json: JsonValue): Scaler {
  const saved = (typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {}) as Record<
    string,
    JsonValue
  >;
  if (saved['format'] !== 'nt.scaler' || saved['version'] !== 1)
    throw damaged(`format 'nt.scaler' version 1 expected, found ${JSON.stringify(saved['format'] ?? null)}`);
  const { scope, series } = saved;
  if ((scope !== 'series' && scope !== 'global') || !Array.isArray(series)) throw damaged('scope or series is missing');
  const [historic, future, staticNames] = [
    namesOf(saved['historic']),
    namesOf(saved['future']),
    namesOf(saved['staticNames']),
  ];
  const width = 1 + historic.length + future.length;
  const byId = new Map<string, readonly ColumnScale[]>();
  for (const entry of series as readonly JsonValue[]) {
    const [id, ...numbers] = Array.isArray(entry) ? (entry as readonly JsonValue[]) : [];
    if (typeof id !== 'string') throw damaged('a series has no id');
    byId.set(id, scalesFrom(numbers, width));
  }
  return scalerOf({
    kind: kindOf(saved['kind']),
    scope,
    covariates: kindOf(saved['covariates']),
    historic,
    future,
    staticNames,
    byId,
    constants: constantsFrom(saved['constants']),
    static: scalesFrom(Array.isArray(saved['static']) ? saved['static'] : [], staticNames.length),
  });
}

/** Scalers of earlier versions have none. */
function constantsFrom(value: JsonValue | undefined): Map<string, number> {
  if (value === undefined) return new Map();
  const isEntry = (entry: JsonValue): entry is [string, number] =>
    Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string' && isNumber(entry[1]);
  if (!Array.isArray(value) || !value.every(isEntry)) throw damaged('constants are not pairs of id and number');
  return new Map(value);
}

function kindOf(value: JsonValue | undefined): ScalerKind {
  const kind = scalerKinds.find((known) => known === value);
  if (kind === undefined) throw damaged(`unknown kind ${JSON.stringify(value ?? null)}`);
  return kind;
}

function namesOf(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value;
  throw damaged('names of covariates are missing');
}

function scalesFrom(numbers: readonly JsonValue[], count: number): ColumnScale[] {
  if (numbers.length !== count * 3) throw damaged(`${count * 3} parameters expected, found ${numbers.length}`);
  return Array.from({ length: count }, (_, column) => {
    const [shift, scale, lambda] = numbers.slice(column * 3, column * 3 + 3);
    if (!isNumber(shift) || !isNumber(scale) || !isNumber(lambda) || scale === 0)
      throw damaged('a parameter is not a finite number');
    return { shift, scale, lambda };
  });
}

function isNumber(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function damaged(reason: string): DataError {
  return new DataError('data/bad-state', `scalerFromJson: ${reason}; pass what toJson of a scaler gave.`);
}
