import { badOption } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { ColumnGlimpse } from '../roles/column-glimpse.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { Across } from './across.ts';
import type { Crosstab } from './crosstab.ts';
import type { FoundRoles, GlimpsedTable } from './glimpsed-table.ts';
import { areTimes, isSum, type RowPart, rowKindOf } from './row-part.ts';
import { timesAcross } from './times-across.ts';
import { turnTable } from './turn-table.ts';

/** Names of columns of numbers that tell series apart. */
const idName =
  /(^|[ _.])(id|ids|code|no|nr|num|number|station|series|sku|item|product|zone|region|site|store|shop|meter|node)$|[a-z]Id$/i;
/** Columns that make a table an ordinary one. */
const isTarget = (name: string): boolean => /^(y|target)$/i.test(name);

/**
 * A crosstab: months, quarters or weeks of a year beside a column of years, hours of a day beside one of days, or times
 * beside names of series. It is one when all of a kind are there and nothing else of numbers but sums; or when it is told.
 *
 * @returns undefined when it is none
 * @throws DataError `data/header` when it is told to be one and is not, and what `asItStands` throws, with a hint where the
 * table looks like a crosstab
 */
export async function findCrosstab(
  table: GlimpsedTable,
  options: SeriesOptions,
  asItStands: () => Roles,
): Promise<FoundRoles | undefined> {
  const names = table.columns.map(({ name }) => name);
  const reasons: string[] = [];
  for (const across of timesAcross(names, options.timeFormat)) {
    const found = await crosstabOf(table, across, options);
    if (typeof found !== 'string') return rolesOf(table, found, options);
    if (found !== '') reasons.push(found);
  }
  if (options.layout === 'crosstab') {
    const why = reasons[0] ?? 'its columns are not named by all months, quarters, weeks or hours, nor by three times';
    throw new DataError(
      'data/header',
      `${table.file}: not a crosstab: ${why}; pass ${remedy('layout', 'long')} if every row of it is a time step.`,
      {
        file: table.file,
        option: 'layout',
      },
    );
  }
  if (reasons.length === 0) return undefined;
  try {
    asItStands();
    return undefined;
  } catch (error) {
    if (!DataError.isInstance(error) || error.code !== 'data/missing-column') throw error;
    throw new DataError(error.code, `${error.message} It looks like a crosstab, but ${reasons[0]}.`, error.details);
  }
}

/** What is to be turned; else why the table is none though it looks like one, '' where nothing is to be said. */
async function crosstabOf(table: GlimpsedTable, across: Across, options: SeriesOptions): Promise<Crosstab | string> {
  const isTold = options.layout === 'crosstab';
  const names = table.columns.map(({ name }) => name);
  const periods = new Set(across.columns.map(({ name }) => name));
  const told = [options.target, options.time, options.id, options.historic, options.future, options.static];
  const used = told.flatMap((one) => one || []);
  const target = targetOf(options, names);
  const isJoined = Array.isArray(options.time);
  const takesDays = across.kind === 'hour' || across.kind === 'day';
  const hasTarget = [options.target ?? []].flat().some((name) => names.includes(String(name)));
  if (hasTarget || used.some((name) => periods.has(name)) || (isJoined && !takesDays)) return '';
  const rest = table.columns.filter(({ name }) => !periods.has(name));
  const row = await rowPartOf(table, across, rest, options);
  const said = `${across.columns[0]!.name}, ${across.columns[1]!.name}, … seem to be ${across.kind === 'time' ? '' : 'the '}${across.said}`;
  const pass = `pass ${remedy('layout', 'crosstab')} to read each of their cells as a time step`;
  // Numbers alone may be names of anything.
  if (typeof row === 'string') return [...periods].every((name) => /^\d{1,3}$/.test(name)) ? '' : `${said}, and ${row}`;
  const others = rest.filter(({ name }) => !row?.columns.includes(name) && !used.includes(name));
  const family = new Set(timesAcross(names, undefined).flatMap(({ columns }) => columns.map(({ name }) => name)));
  const beside = others.filter(({ name, look }) => look === 'number' && !isSum(name) && !family.has(name));
  if (!isTold) {
    if (typeof options.time === 'string' && options.time !== 'time' && !names.includes(options.time)) return '';
    if (options.target !== undefined && String(options.target) !== 'value')
      return `${said}; ${pass}, and the target as the name of their values`;
    if (beside.some(({ name }) => isTarget(name))) return '';
    const odd = across.kind === 'time' ? undefined : beside.find(({ name }) => !idName.test(name));
    if (odd) return `${said}, with '${odd.name}' beside them; ${pass}`;
  }
  // Of few long rows a name that most of them lack may not have been seen yet.
  const isKey = ({ look, name }: ColumnGlimpse) =>
    look === 'text' || (look === 'empty' && name !== '') || (look === 'number' && idName.test(name));
  const texts = others.filter((column) => isKey(column) && !isSum(column.name));
  const keys = (texts.length > 0 ? texts : across.kind === 'time' ? beside : []).map(({ name }) => name);
  const ids = idsOf(table.file, options.id, names, row !== undefined);
  if (!isTold && across.kind === 'time' && row === undefined && ids === undefined && keys.length === 0) return '';
  const kept = new Set([...(row?.columns ?? []), ...(ids ?? keys), ...used, ...periods]);
  return {
    across,
    ...(row === undefined ? {} : { row }),
    ids,
    keys,
    time: row?.name || nameFor(options.time, names, 'time'),
    target,
    left: names.filter((name) => !kept.has(name) && name !== ''),
  };
}

/** The column with the rest of the time; undefined where the names of the columns have all of it; else why there is none. */
async function rowPartOf(
  table: GlimpsedTable,
  across: Across,
  rest: readonly ColumnGlimpse[],
  options: SeriesOptions,
): Promise<RowPart | undefined | string> {
  const told = typeof options.time === 'string' ? rest.find(({ name }) => name === options.time) : undefined;
  const found: RowPart[] = [];
  let ownTimes: string | undefined;
  for (const { name } of Array.isArray(options.time) ? [] : told === undefined ? rest : [told]) {
    if (name !== told?.name && [options.id, options.static].flat().includes(name)) continue;
    const cells = await table.cellsOf(name);
    const kind = rowKindOf(across, name, cells, options);
    if (kind !== undefined) found.push({ name, columns: [name], kind });
    else if (areTimes(name, cells)) ownTimes ??= name;
  }
  const named = found.find(({ name }) => /year|jahr|ann[ée]e|año|anno|date|datum|day|fecha/i.test(name)) ?? found[0];
  if (named !== undefined) return named;
  const parts = joinedParts(options.time, rest) ?? dateParts(across, rest);
  if (parts !== undefined) return { name: parts.join(' + '), columns: parts, kind: 'day' };
  if (across.kind === 'time') {
    if (ownTimes === undefined || options.layout === 'crosstab') return undefined;
    return `'${ownTimes}' holds times as well; pass ${remedy('layout', 'crosstab')} to read the columns as the times`;
  }
  const needed = { hour: 'days, one after another', day: 'months' }[across.kind as string] ?? 'years of four digits';
  return `no column of ${needed} is beside them`;
}

const dateNames = [/^(year|yr|yyyy|jahr)$/i, /^(month|mo|mon|mm|monat)$/i, /^(day|dd|tag)$/i];

/** Columns of year, month and day, by their names; of year and month where days go across. */
function dateParts(across: Across, rest: readonly ColumnGlimpse[]): readonly string[] | undefined {
  const needed = { hour: 3, day: 2 }[across.kind as string] ?? Number.POSITIVE_INFINITY;
  const found = dateNames
    .slice(0, needed)
    .flatMap((pattern) => rest.find(({ name }) => pattern.test(name))?.name ?? []);
  return found.length === needed ? found : undefined;
}

/** Columns that are told to be a date together, as a list or as a reading has them: `year + month + day`. */
function joinedParts(time: SeriesOptions['time'], rest: readonly ColumnGlimpse[]): readonly string[] | undefined {
  const parts = typeof time === 'string' ? time.split(' + ') : time || [];
  return parts.length > 1 && parts.every((part) => rest.some(({ name }) => name === part)) ? parts : undefined;
}

/** What the values are called: a told name that no column has. */
function targetOf({ layout, target }: SeriesOptions, names: readonly string[]): string {
  if (layout !== 'crosstab' || target === undefined || target === false) return 'value';
  const [name, ...more] = [target].flat();
  if (name === undefined || more.length > 0 || names.includes(name))
    throw badOption('layout', 'target', 'one name for the values of a crosstab, which no column has', target);
  return name;
}

const nameFor = (told: SeriesOptions['time'], names: readonly string[], usual: string): string =>
  typeof told === 'string' && !names.includes(told) ? told : usual;

/** Columns that name the series, as told: one, or several as `Province + Country`. */
function idsOf(
  file: string,
  told: string | undefined,
  names: readonly string[],
  hasRowPart: boolean,
): readonly string[] | undefined {
  if (told === undefined) {
    // Where a series has many rows, an `id` may be that of the row.
    const usual = names.find(
      (name) => /^(unique_id|item_id|series[ _]?id)$/i.test(name) || (!hasRowPart && /^id$/i.test(name)),
    );
    return usual === undefined ? undefined : [usual];
  }
  if (names.includes(told)) return [told];
  const parts = told.split(' + ');
  if (parts.every((name) => names.includes(name))) return parts;
  if (told === 'id' && names.includes('')) return [''];
  const message = `${file}: id column '${told}' not found; the file has: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}. Name the one that it is: ${remedy('id')}.`;
  throw new DataError('data/missing-column', message, { file, column: told, candidates: names });
}

/** How the columns are read before the table is turned: those named by times as numbers, those of keys as texts. */
function rolesOf(table: GlimpsedTable, crosstab: Crosstab, options: SeriesOptions): FoundRoles {
  const { across, row, ids, keys } = crosstab;
  const covariates = [...(options.historic ?? []), ...(options.future ?? []), ...(options.static ?? [])];
  const texts = new Set([...(row?.columns ?? []), ...(ids ?? keys)]);
  const targets = across.columns.map(({ name }) => name);
  const read = [...new Set([...texts, ...covariates])];
  return {
    columns: table.columns.map((column) => (texts.has(column.name) ? { ...column, look: 'text' } : column)),
    roles: {
      time: null,
      id: null,
      targets,
      historic: [],
      future: [],
      static: read,
      unused: table.columns.map(({ name }) => name).filter((name) => !targets.includes(name) && !read.includes(name)),
    },
    turn: (source) => turnTable(source, crosstab, options),
  };
}
