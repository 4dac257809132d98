import { DataError } from '../data-error.ts';
import type { Covariates } from './series-set.ts';

const mostLevels = 50;
const blockRows = 4096;

/** A covariate before it becomes columns of the matrix: numbers, or codes of texts. */
export type CovariateColumn =
  | { readonly name: string; readonly numbers: Float64Array }
  | { readonly name: string; readonly codes: Int32Array; readonly names: readonly string[] };

/**
 * Joins covariates into one row-major matrix; texts become one column per level (0 or 1) and one for the unseen.
 *
 * @param levels levels of an earlier set: texts that are not among them go to the column of the unseen
 * @throws DataError `data/too-many-categories` above 50 levels
 */
export function joinCovariates(
  file: string,
  columns: readonly CovariateColumn[],
  rows: number,
  levels: Readonly<Record<string, readonly string[]>> = {},
): Covariates | null {
  if (columns.length === 0) return null;
  const plans = columns.map((column) =>
    'numbers' in column ? { column, levels: null } : { column, levels: levels[column.name] ?? levelsOf(file, column) },
  );
  const names = plans.flatMap(({ column, levels }) =>
    levels === null ? [column.name] : [...levels, '(unseen)'].map((level) => `${column.name}=${level}`),
  );
  const values = new Float64Array(rows * names.length);
  // Block by block, so that the cells of a row are written while they are in the cache.
  for (let start = 0; start < rows; start += blockRows) {
    const end = Math.min(start + blockRows, rows);
    let offset = 0;
    for (const { column, levels } of plans) {
      if ('numbers' in column) spreadNumbers(column.numbers, values, offset, names.length, start, end);
      offset += levels === null ? 1 : levels.length + 1;
    }
  }
  let offset = 0;
  for (const { column, levels } of plans) {
    if ('codes' in column) spreadLevels(column, levels!, values, offset, names.length);
    offset += levels === null ? 1 : levels.length + 1;
  }
  const unseen = plans.flatMap(({ column, levels }) => ('codes' in column ? unseenOf(column, levels!) : []));
  return {
    names,
    values,
    categorical: plans.flatMap(({ levels }) =>
      levels === null ? [false] : Array.from({ length: levels.length + 1 }, () => true),
    ),
    levels: Object.fromEntries(plans.flatMap(({ column, levels }) => (levels === null ? [] : [[column.name, levels]]))),
    ...(unseen.length === 0 ? {} : { unseen: Object.fromEntries(unseen) }),
  };
}

/** The texts of a column that go to the column of the unseen. */
function unseenOf(
  { name, codes, names }: Extract<CovariateColumn, { codes: Int32Array }>,
  levels: readonly string[],
): [string, string[]][] {
  const texts = [...new Set(codes)].filter((code) => code >= 0).map((code) => names[code]!);
  const unseen = texts.filter((text) => !levels.includes(text));
  return unseen.length === 0 ? [] : [[name, unseen]];
}

function levelsOf(
  file: string,
  column: { name: string; codes: Int32Array; names: readonly string[] },
): readonly string[] {
  const seen = new Set<number>(column.codes);
  seen.delete(-1);
  if (seen.size <= mostLevels) return [...seen].map((code) => column.names[code]!).sort();
  const message = `${file}: covariate '${column.name}' has ${seen.size} different texts, at most ${mostLevels} can become columns; group rare ones, or leave it out.`;
  throw new DataError('data/too-many-categories', message, { file, column: column.name, count: seen.size });
}

function spreadNumbers(
  numbers: Float64Array,
  values: Float64Array,
  offset: number,
  width: number,
  start: number,
  end: number,
): void {
  for (let row = start; row < end; row++) values[row * width + offset] = numbers[row]!;
}

function spreadLevels(
  column: { codes: Int32Array; names: readonly string[] },
  levels: readonly string[],
  values: Float64Array,
  offset: number,
  width: number,
): void {
  const place = new Map(levels.map((level, index) => [level, index]));
  const placeOfCode = column.names.map((name) => place.get(name) ?? levels.length);
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row]!;
    values[row * width + offset + (code < 0 ? levels.length : placeOfCode[code]!)] = 1;
  }
}
