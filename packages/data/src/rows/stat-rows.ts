import { isPlain } from './flat-rows.ts';
import type { DataRow } from './read-rows.ts';

type Plain = Readonly<Record<string, unknown>>;

/**
 * The rows of JSON-stat, in which offices of statistics answer: a row for each cell, with the code of each dimension and
 * the `value`; dimensions with one category are left out. Undefined for any other object.
 */
export function statRows(document: Plain): DataRow[] | undefined {
  const table = isPlain(document['dataset']) ? document['dataset'] : document;
  const { dimension, value } = table;
  if (!isPlain(dimension) || (!Array.isArray(value) && !isPlain(value))) return undefined;
  const { id = dimension['id'], size = dimension['size'] } = table;
  if (!Array.isArray(id) || !Array.isArray(size) || id.length !== size.length) return undefined;
  const codes = id.map((name, at) => codesOf(dimension[String(name)], Number(size[at])));
  if (codes.includes(undefined)) return undefined;
  const cells = value as Readonly<Record<number, unknown>>;
  const count = size.reduce<number>((product, length) => product * Number(length), 1);
  return Array.from({ length: count }, (_, cell) => {
    const row: Record<string, unknown> = {};
    let rest = cell;
    for (let at = id.length - 1; at >= 0; at--) {
      const length = Number(size[at]);
      if (length > 1) row[String(id[at])] = codes[at]![rest % length];
      rest = Math.floor(rest / length);
    }
    return { ...row, value: cells[cell] ?? null };
  });
}

/** Codes of a dimension in the order of its cells: a list, or places by code; a single one may have a label alone. */
function codesOf(dimension: unknown, length: number): string[] | undefined {
  const category = isPlain(dimension) ? dimension['category'] : undefined;
  if (!isPlain(category)) return undefined;
  const { index = category['label'] } = category;
  const codes = Array.isArray(index)
    ? index.map(String)
    : isPlain(index)
      ? Object.entries(index)
          .sort(([, one], [, other]) => (typeof one === 'number' ? one - Number(other) : 0))
          .map(([code]) => code)
      : [];
  return codes.length === length ? codes : undefined;
}
