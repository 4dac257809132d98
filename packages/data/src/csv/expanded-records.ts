import { DataError } from '../data-error.ts';
import type { DataRow } from '../rows/read-rows.ts';

/** psql's `-[ RECORD 1 ]---`, MySQL's `*** 1. row ***`. */
const begin = /^-\[ RECORD \d+ \][-+]*$|^\*{3,} \d+\. row \*{3,}$/;
const count = /^\(?\d+ rows?\b.*$/;

/**
 * Records that a terminal shows one below another, a line for each cell (psql's expanded display, `\G` of MySQL), as rows
 * and the lines at which they begin. A cell that psql goes on with in the next line belongs to the one above.
 *
 * @throws DataError `data/corrupt-file` with the line that is none
 */
export function rowsOfRecords(name: string, text: string): { readonly rows: DataRow[]; readonly lines: number[] } {
  const rows: Record<string, unknown>[] = [];
  const lines: number[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const plain = line.trim();
    if (plain === '' || (rows.length > 0 && count.test(plain))) continue;
    if (begin.test(plain)) {
      rows.push({});
      lines.push(at + 1);
      continue;
    }
    const [, key, value] = /^([^|:]+?)\s*[|:](?:\s(.*))?$/.exec(plain) ?? [];
    if (key === undefined || rows.length === 0) {
      const message = `${name}: line ${at + 1}: expected a name, | and a value, found "${plain.slice(0, 60)}"; write the table as CSV.`;
      throw new DataError('data/corrupt-file', message, { file: name, line: at + 1 });
    }
    const cell = value?.trim() ?? '';
    rows.at(-1)![key] = cell === '' || cell === 'NULL' ? null : cell;
  }
  return { rows, lines };
}
