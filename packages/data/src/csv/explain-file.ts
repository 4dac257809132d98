import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import { fittingFormats } from '../time/fitting-format.ts';
import { isTimeText } from '../time/is-time-text.ts';
import { delimiters } from './csv-dialect.ts';
import { isTimesHeader } from './find-header.ts';
import { isValue } from './is-value.ts';
import { splitRecords, type TextRecord } from './split-records.ts';

/** Errors that may come of a form of the file that nobody expected. */
const codes: ReadonlySet<string> = new Set([
  ...['data/missing-column', 'data/ragged-row', 'data/bad-time', 'data/missing-value'],
  ...['data/duplicate-column', 'data/header-only'],
]);

/**
 * What is wrong with a file as a whole, where its columns or rows could not be read: lines above the table that no header
 * follows, other signs between the cells, files that stand for others. Undefined when the error itself says it best.
 */
export function explainFile(file: string, head: Uint8Array, error: DataError): DataError | undefined {
  const text = new TextDecoder().decode(head).replace(/^\ufeff/, '');
  const refuse = (code: DataError['code'], said: string, line = 1) =>
    new DataError(code, `${file}: ${said}.`, { file, line });
  if (/^version https:\/\/git-lfs/.test(text))
    return refuse('data/unknown-format', 'this is a pointer of Git LFS, not the file itself; run git lfs pull');
  if (!codes.has(error.code)) return undefined;
  const lines = text.split(/\r?\n|\r/).filter((line) => line.trim() !== '');
  const market = marketTables(lines);
  if (market !== undefined) return refuse('data/header', market);
  const records = bestRecords(text);
  const above = preamble(records);
  if (above !== undefined) return refuse('data/header', above.said, above.line);
  const header = records.slice(1, 15).find(isTimesHeader);
  if (header !== undefined) {
    const { line } = header;
    return refuse(
      'data/header',
      `lines 1 to ${line - 1} stand above the table: line ${line} seems to be the header, whose names are times; pass ${remedy('skipRows', line - 1)}`,
    );
  }
  if (delimiters.some((delimiter) => lines[0]?.includes(delimiter))) {
    const wider = (error.details.count ?? 0) > 1 ? widerRows(records) : undefined;
    return wider === undefined ? undefined : refuse('data/ragged-row', wider, records[1]!.line);
  }
  const cells = otherCells(lines);
  return cells === undefined ? undefined : refuse('data/header', cells);
}

/** R writes names of rows, numbers mostly, without a name above them. */
function widerRows([header, ...rows]: readonly TextRecord[]): string | undefined {
  const width = header!.fields.length + 1;
  const isCounted = rows.every(
    ({ fields }, row) => fields.length === width && Number(fields[0]) === Number(rows[0]!.fields[0]) + row,
  );
  if (rows.length < 3 || !isCounted) return undefined;
  return `line ${rows[0]!.line}: every row has ${width} cells, and the header ${width - 1} names; write a name for the first, which R leaves out when it writes names of rows`;
}

/** AEMO parts tables by the first cell: C comments, I names, D rows. */
function marketTables(lines: readonly string[]): string | undefined {
  const names = lines.flatMap((line, at) => (/^I,/.test(line) ? [at] : []));
  if (!/^C,/.test(lines[0] ?? '') || names.length === 0 || !lines.some((line) => /^D,/.test(line))) return undefined;
  if (names.length > 1)
    return `it holds ${names.length} tables, named in the lines that begin with I; keep the lines of one of them`;
  return `the names of the columns stand in the line that begins with I, and the last line is no row; pass ${remedy('skipRows', names[0]!)} and ${remedy('badRows', 'reject')}`;
}

const isTime = (cell: string): boolean => isTimeText(cell) || fittingFormats(cell).length > 0;
const isRow = ({ fields }: TextRecord): boolean =>
  fields.filter((cell) => isValue(cell) || isTime(cell)).length > 1 && fields.some(isTime);

/** The records by the delimiter that gives most rows of a time and a value. */
function bestRecords(text: string): readonly TextRecord[] {
  const found = delimiters.map((delimiter) => {
    const records = splitRecords(text, { delimiter, skipRows: 0, comment: undefined }, 120, false);
    return { records, rows: records.filter(isRow).length };
  });
  return found.reduce((best, one) => (one.rows > best.rows ? one : best)).records;
}

function preamble(records: readonly TextRecord[]): { readonly said: string; readonly line: number } | undefined {
  const isTable = (at: number) =>
    [0, 1, 2].every((k) => {
      const record = records[at + k];
      return record !== undefined && isRow(record) && record.fields.length === records[at]!.fields.length;
    });
  const first = records.findIndex((_, at) => isTable(at));
  if (first < 1) return undefined;
  const [row, above, top] = [records[first]!, records[first - 1]!, records[0]!];
  const isHeader = (record: TextRecord) =>
    record.fields.length === row.fields.length && record.fields.slice(1).every((cell) => cell !== '' && !isValue(cell));
  // One line between a header and its rows has the units.
  if (first === 1 || (first === 2 && top.fields.length === row.fields.length)) return undefined;
  const rest = records.slice(first).every(isRow) ? '' : `, and ${remedy('badRows', 'reject')} for the lines behind it`;
  const { line } = isHeader(above) ? above : row;
  const told = isHeader(above)
    ? `line ${line} seems to be the header; pass ${remedy('skipRows', line - 1)}`
    : `its rows begin in line ${line}, without names of the columns right above them; pass ${remedy('skipRows', line - 1)} and ${remedy('header', false)} (the columns are then column1, column2, …)`;
  return { said: `lines 1 to ${line - 1} stand above the table: ${told}${rest}`, line: 1 };
}

/** Cells that are parted by blanks, or by signs that no option takes. */
function otherCells(lines: readonly string[]): string | undefined {
  const [first, ...rows] = lines.slice(0, 8);
  const common = (countOf: (line: string) => number): number =>
    rows.length > 0 && new Set(rows.map(countOf)).size === 1 ? countOf(rows[0]!) : 0;
  const advice = 'write the file with one of , ; | or tabs between them';
  const sign = ['~', '^', '\u0001', '\u001f', '§', '¦'].find(
    (one) => common((line) => line.split(one).length) > 1 && first!.includes(one),
  );
  if (sign !== undefined) return `cells seem to be parted by ${JSON.stringify(sign)}; ${advice}`;
  const words = common((line) => line.trim().split(/\s+/).length);
  const isNear = Math.abs(first!.trim().split(/\s+/).length - words) <= 1;
  return words > 1 && isNear
    ? `cells seem to be parted by blanks ("${first!.trim().slice(0, 60)}"); ${advice}`
    : undefined;
}
