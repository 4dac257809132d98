import { DataError } from '../data-error.ts';
import { nearestName } from '../nearest-name.ts';
import { remedy } from '../remedy.ts';
import type { SeriesOptions } from '../series/series-options.ts';

/** What the first rows say about a column: `empty` when none of them has a value. */
export type ColumnLook = 'number' | 'time' | 'text' | 'empty';

/** A column of the source, before it is read. */
export interface ColumnGlimpse {
  readonly name: string;
  readonly look: ColumnLook;
}

type Role = 'time' | 'id' | 'target' | 'historic' | 'future' | 'static';

/** Which column plays which part. */
export interface Roles {
  readonly time: string | null;
  readonly id: string | null;
  readonly targets: readonly string[];
  readonly historic: readonly string[];
  readonly future: readonly string[];
  readonly static: readonly string[];
  readonly unused: readonly string[];
}

const timeNames = [
  'ds',
  'date',
  'datetime',
  'date_time',
  'timestamp',
  'time',
  'month',
  'day',
  'week',
  'quarter',
  'year',
  'period',
  'open time',
  'open_time',
];
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
  const find = (role: Role, name: string) => requireColumn(file, names, role, name);
  const historic = (options.historic ?? []).map((name) => find('historic', name));
  const future = (options.future ?? []).map((name) => find('future', name));
  const statics = (options.static ?? []).map((name) => find('static', name));
  const told =
    options.target === undefined ? undefined : typeof options.target === 'string' ? [options.target] : options.target;
  const targets = told?.map((name) => find('target', name));
  const id = options.id === undefined ? byName(columns, idNames, new Set(targets)) : find('id', options.id);
  const taken = new Set([...historic, ...future, ...statics, ...(targets ?? []), ...(id === null ? [] : [id])]);
  const time =
    options.time === false
      ? null
      : options.time === undefined
        ? findTime(file, columns, taken)
        : find('time', options.time);
  if (time !== null) taken.add(time);
  const left = columns.filter((column) => !taken.has(column.name) && column.name !== '');
  const chosen = targets ?? defaultTargets(file, left, options);
  const used = new Set([...taken, ...chosen]);
  checkOnce(file, [
    ...historic,
    ...future,
    ...statics,
    ...chosen,
    ...(id === null ? [] : [id]),
    ...(time === null ? [] : [time]),
  ]);
  return {
    time,
    id,
    targets: chosen,
    historic,
    future,
    static: statics,
    unused: names.filter((name) => !used.has(name)),
  };
}

function requireColumn(file: string, names: readonly string[], role: Role, wanted: string): string {
  const isList = role === 'historic' || role === 'future' || role === 'static';
  const trimmed = wanted.trim();
  if (names.includes(trimmed)) return trimmed;
  const nearest = nearestName(trimmed, names);
  const advice = nearest === undefined ? '' : ` Did you mean ${remedy(role, isList ? [nearest] : nearest)}?`;
  const message = `${file}: ${role} column '${wanted}' not found; the file has: ${list(names)}.${advice}`;
  throw new DataError('data/missing-column', message, {
    file,
    column: wanted,
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

function findTime(file: string, columns: readonly ColumnGlimpse[], taken: ReadonlySet<string>): string {
  const free = columns.filter((column) => !taken.has(column.name));
  const named = timeNames
    .map((name) => free.find((column) => column.name.toLowerCase() === name))
    .find((column) => column !== undefined);
  const found = named ?? free.find((column) => column.look === 'time');
  if (found) return found.name;
  const message = `${file}: no time column found; the file has: ${list(columns.map((column) => column.name))}. Name it (${remedy('time')}), or pass ${remedy('time', false)} to use the order of rows.`;
  throw new DataError('data/missing-column', message, { file });
}

function defaultTargets(file: string, left: readonly ColumnGlimpse[], options: SeriesOptions): readonly string[] {
  if (options.layout === 'wide') return left.map((column) => column.name);
  const named = byName(left, targetNames, new Set());
  if (named !== null) return [named];
  const numeric = left.filter((column) => column.look !== 'text');
  if (numeric.length === 1) return [numeric[0]!.name];
  const found =
    numeric.length === 0
      ? 'no column of numbers is left'
      : `the candidates are: ${list(numeric.map((column) => column.name))}`;
  throw new DataError(
    'data/missing-column',
    `${file}: which column is the target? ${found}. Name it: ${remedy('target')}.`,
    {
      file,
    },
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
