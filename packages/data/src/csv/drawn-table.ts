import { DataError } from '../data-error.ts';

const rule = /^[\s|+:=─═┼╪╬├┤╞╡╠╣┌┐┬╔╗╦└┘┴╚╝╩-]+$/;
const count = /^\(?[\d,]+ rows?\b.*\)?$|^\d+ columns?$/;

/**
 * A table drawn with lines (psql, MySQL, DuckDB, Markdown) as CSV with `|`: rules, frames, the types under the names and
 * the count of rows become blank lines, so that every row keeps its line.
 *
 * @throws DataError `data/corrupt-file` when rows were left out of the drawing
 */
export function withoutDrawing(name: string, text: string): string {
  let isHead = true;
  let hasNames = false;
  const lines = text.split('\n').map((line, at) => {
    const plain = line.trim();
    if (rule.test(plain)) {
      if (hasNames) isHead = false;
      return '';
    }
    const cells = plain.replaceAll(/[│║]/g, '|').replace(/^\||\|$/g, '');
    if (/^[\s|]*[·.…]+[\s|·.…]*$/.test(cells) && cells !== '') throw cutOff(name, at + 1);
    if (plain === '' || count.test(cells.trim()) || (isHead && hasNames)) return '';
    hasNames = true;
    return cells;
  });
  return lines.join('\n');
}

function cutOff(file: string, line: number): DataError {
  const message = `${file}: line ${line}: rows of the table were left out when it was drawn; write it as CSV.`;
  return new DataError('data/corrupt-file', message, { file, line });
}
