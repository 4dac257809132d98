import { DataError } from '../data-error.ts';
import { nearestName } from '../nearest-name.ts';
import { remedy } from '../remedy.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { ColumnGlimpse } from './column-glimpse.ts';
import { describeTexts } from './describe-texts.ts';
import { findClock, findTime } from './find-time.ts';

type Role = 'time' | 'id' | 'target' | 'historic' | 'future' | 'static';

/** Which column plays which part. */
export interface Roles {
  /** The time column; the first of them when the time stands in several. */
  readonly time: string | null;
  /** All columns that make up the time, when they are several: date and clock, or year, month, day and hour. */
  readonly timeParts?: readonly string[];
  /** Columns without a role that seem to complete the time column: the clock of a date, month and day of a year. */
  readonly clock?: readonly string[];
  /** A column of times without a role that changes more often. */
  readonly otherTime?: string;
  /** Columns of texts without a role that repeat: where times occur twice they may tell series apart. */
  readonly names?: readonly string[];
  readonly id: string | null;
  readonly targets: readonly string[];
  readonly historic: readonly string[];
  readonly future: readonly string[];
  readonly static: readonly string[];
  readonly unused: readonly string[];
  /** Set where the table was turned. */
  readonly layout?: 'crosstab';
  /** Format of times that were found in names of columns, which a later file need not show as plainly. */
  readonly timeFormat?: string;
}

const idNames = ['unique_id', 'item_id'];
const targetNames = ['y', 'target'];

/**
 * Gives every column its role: as told, else by the names of the field.
 *
 * @throws DataError `data/missing-column` (with the columns there are and the nearest name), `data/bad-option` when a
 * column has two roles
 */
export function resolveRoles(file: string, columns: readonly ColumnGlimpse[], options: SeriesOptions): Roles {
  const names = columns.map((column) => column.name);
  const find = (role: Role, name: string) => requireColumn(file, names, role, name, options);
  const historic = (options.historic ?? []).map((name) => find('historic', name));
  const future = (options.future ?? []).map((name) => find('future', name));
  const statics = (options.static ?? []).map((name) => find('static', name));
  const told =
    options.target === undefined
      ? undefined
      : options.target === false
        ? []
        : typeof options.target === 'string'
          ? [options.target]
          : options.target;
  const targets = told?.map((name) => find('target', name));
  const id = options.id === undefined ? byName(columns, idNames, new Set(targets)) : find('id', options.id);
  const taken = new Set([...historic, ...future, ...statics, ...(targets ?? []), ...(id === null ? [] : [id])]);
  const parts = Array.isArray(options.time)
    ? (options.time as readonly string[]).map((name) => find('time', name))
    : [];
  const time = parts[0] ?? resolveTime(file, columns, taken, options.time, find);
  const times = parts.length > 0 ? parts : time === null ? [] : [time];
  for (const name of times) taken.add(name);
  const left = columns.filter((column) => !taken.has(column.name) && column.name !== '');
  const chosen = targets ?? defaultTargets(file, left, options);
  const used = new Set([...taken, ...chosen]);
  checkOnce(file, [...historic, ...future, ...statics, ...chosen, ...(id === null ? [] : [id]), ...times]);
  const free = columns.filter((column) => !used.has(column.name));
  const clock = time === null || parts.length > 1 ? [] : findClock(time, free);
  const kinds = free.filter(
    ({ look, isTime, isClock, distinct = 0 }) => look === 'text' && !isTime && !isClock && distinct > 1,
  );
  const distinct = columns.find(({ name }) => name === time)?.distinct ?? 0;
  const other = free.find((column) => column.look === 'time' && (column.distinct ?? 0) > distinct);
  return {
    time,
    ...(other === undefined ? {} : { otherTime: other.name }),
    ...(parts.length > 1 ? { timeParts: parts } : {}),
    ...(clock.length === 0 ? {} : { clock }),
    ...(kinds.length === 0 ? {} : { names: kinds.map((column) => column.name) }),
    id,
    targets: chosen,
    historic,
    future,
    static: statics,
    unused: names.filter((name) => !used.has(name)),
  };
}

function requireColumn(
  file: string,
  names: readonly string[],
  role: Role,
  wanted: string,
  options: SeriesOptions,
): string {
  const isList = role === 'historic' || role === 'future' || role === 'static';
  const trimmed = wanted.trim();
  if (names.includes(trimmed)) return trimmed;
  // A column that has another role is not what is meant, however near its name is.
  const others = (['historic', 'future', 'static', 'time', 'target', 'id'] as const).flatMap(
    (other) => options[other] || [],
  );
  const nearest = nearestName(
    trimmed,
    names.filter((name) => !others.includes(name)),
  );
  const advice =
    nearest === undefined
      ? ` Name the one that it is: ${remedy(role)}.`
      : ` Did you mean ${remedy(role, isList ? [nearest] : nearest)}?`;
  const message = `${file}: ${role} column '${wanted}' not found; the file has: ${list(names)}.${advice}`;
  throw new DataError('data/missing-column', message, {
    file,
    column: wanted,
    candidates: names,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

function byName(
  columns: readonly ColumnGlimpse[],
  wanted: readonly string[],
  except: ReadonlySet<string>,
): string | null {
  const hit = columns.find((column) => wanted.includes(column.name.toLowerCase()) && !except.has(column.name));
  return hit?.name ?? null;
}

function resolveTime(
  file: string,
  columns: readonly ColumnGlimpse[],
  taken: ReadonlySet<string>,
  told: SeriesOptions['time'],
  find: (role: Role, name: string) => string,
): string | null {
  if (told === false) return null;
  return typeof told === 'string' ? find('time', told) : findTime(file, columns, taken);
}

function defaultTargets(file: string, left: readonly ColumnGlimpse[], options: SeriesOptions): readonly string[] {
  if (options.layout === 'wide') return left.map((column) => column.name);
  const named = byName(left, targetNames, new Set());
  if (named !== null) return [named];
  const numbers = left.filter((column) => column.look === 'number');
  const values = numbers.filter((column) => column.isClock !== true);
  // Alone, what looks like clocks are the values: `interval` may count days, or be measured.
  const numeric = values.length > 0 ? values : numbers;
  const near = left.filter((column) => column.hint !== undefined);
  if (numeric.length === 1 && near.length === 0) return [numeric[0]!.name];
  const found =
    numeric.length === 0
      ? `no column of numbers is left${describeTexts(left)}`
      : `the candidates are: ${list(numeric.map((column) => column.name))}${describeTexts(near)}`;
  throw new DataError(
    'data/missing-column',
    `${file}: which column is the target? ${found}. Name it: ${remedy('target')}.`,
    { file, candidates: (numeric.length > 0 ? numeric : left).map(({ name }) => name) },
  );
}

function checkOnce(file: string, used: readonly string[]): void {
  const twice = used.find((name, index) => used.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new DataError('data/bad-option', `${file}: column '${twice}' is given two roles; leave it in one.`, {
    file,
    column: twice,
  });
}

function list(names: readonly string[]): string {
  return names.length > 30 ? `${names.slice(0, 30).join(', ')} and ${names.length - 30} more` : names.join(', ');
}
