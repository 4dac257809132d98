import type { ColumnGlimpse } from '../roles/column-glimpse.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { FoundRoles, GlimpsedTable } from './glimpsed-table.ts';

/**
 * The roles of the columns; of a crosstab, in which a part of the time stands in their names, those with which it is read
 * before it is turned.
 *
 * @param asItStands the roles of a table whose every row has a time
 */
export async function findRoles(
  table: GlimpsedTable,
  options: SeriesOptions,
  asItStands: () => Roles,
): Promise<FoundRoles> {
  if (mayCross(table.columns, options)) {
    // Loaded for names with numbers or months in them: most tables have none.
    const { findCrosstab } = await import('./find-crosstab.ts');
    const found = await findCrosstab(table, options, asItStands);
    if (found !== undefined) return found;
  }
  const roles = asItStands();
  return { columns: table.columns, roles, turn: (read) => ({ table: read, roles }) };
}

/** Months of any language that is read begin so. */
const monthLike = /^(j[auä]|gen|ene|gi|lu|f[eé]|m[aäer]|a[bgopuv]|se|o[cktu]|no|d[eéi])\p{L}{0,8}\.?$/iu;

/** Whether the names may be times: three with digits in them, or twelve that begin as months do. */
function mayCross(columns: readonly ColumnGlimpse[], { layout, time, target }: SeriesOptions): boolean {
  if (time === false || target === false) return false;
  if (layout !== undefined) return layout === 'crosstab';
  const count = (pattern: RegExp) => columns.reduce((sum, { name }) => sum + (pattern.test(name) ? 1 : 0), 0);
  return count(/\d/) > 2 || count(monthLike) > 11;
}
