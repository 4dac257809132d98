import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import { isTimeText } from '../time/is-time-text.ts';
import { isValue } from './is-value.ts';
import type { TextRecord } from './split-records.ts';

/** Names of the columns, how many records they take, and what people should know about that. */
export interface Header {
  readonly names: readonly string[];
  readonly records: number;
  readonly notices: readonly string[];
}

/**
 * Finds the names of the columns in the first records of a file.
 *
 * @param told `false`: there is no header, columns are called `column1` …; `true`: the first record is it, whatever it
 * looks like
 * @throws DataError `data/header` when the first record cannot be the header, with what would help
 */
export function findHeader(name: string, records: readonly TextRecord[], told: boolean | undefined): Header {
  const first = records[0]!;
  if (told === false) return { names: first.fields.map((_, index) => `column${index + 1}`), records: 0, notices: [] };
  if (told === undefined) {
    checkPreamble(name, records);
    checkValues(name, records);
  }
  return levelledHeader(records) ?? { names: first.fields, records: 1, notices: [] };
}

/** Which cells are values, as letters: rows of data mostly have the same. */
function formOf(record: TextRecord): string {
  return record.fields.map((cell) => (cell === '' ? '-' : isValue(cell) ? 'v' : 'n')).join('');
}

/** Lines about the file that stand above the header: the first record has another width, or gaps, or values. */
function checkPreamble(name: string, records: readonly TextRecord[]): void {
  const width = commonWidth(records);
  const forms = records.slice(0, 60).map(formOf);
  const isNames = (index: number) => /^[n-]n+$/.test(forms[index]!) && forms[index]!.length === width;
  if (width < 2 || isNames(0)) return;
  const at = forms.findIndex(
    (form, index) => isNames(index) && form !== forms[index + 1] && hasValue(forms[index + 1]),
  );
  const dataForm = forms[at + 1];
  if (at < 1 || dataForm?.length !== width || forms.slice(0, at).includes(dataForm)) return;
  const [first, header] = [records[0]!, records[at]!];
  const mark = /^[#%!*]/.exec(first.fields[0]!)?.[0];
  const isComment = mark !== undefined && records.slice(0, at).every((record) => record.fields[0]!.startsWith(mark));
  const advice = isComment ? remedy('comment', mark) : remedy('skipRows', header.line - 1);
  const message = `${name}: line ${first.line} (${quote(first.fields)}) is not the header: line ${header.line} seems to be it (${header.fields.slice(0, 8).join(', ')}); pass ${advice}.`;
  throw new DataError('data/header', message, { file: name, line: first.line });
}

function hasValue(form: string | undefined): boolean {
  return form?.includes('v') === true;
}

/** A first record like the ones below it, value for value, is an observation that would be lost as a header. */
function checkValues(name: string, records: readonly TextRecord[]): void {
  const [first, ...rest] = records.slice(0, 11).map(formOf);
  const columns = [...first!].map((_, index) => index).filter((index) => rest.every((form) => form[index] === 'v'));
  if (rest.length === 0 || columns.length === 0 || columns.some((index) => first![index] !== 'v')) return;
  checkTurned(name, records[0]!);
  const message = `${name}: line ${records[0]!.line} (${quote(records[0]!.fields)}) holds values, not the names of columns; pass ${remedy('header', false)} if the file has no header (the columns are then column1, column2, …), or ${remedy('header', true)} if these are names.`;
  throw new DataError('data/header', message, { file: name, line: records[0]!.line });
}

/** A table with a column for each time would have to be read line by line. */
function checkTurned(name: string, { fields, line }: TextRecord): void {
  const times = fields.slice(1);
  if (times.length < 3 || isValue(fields[0]!) || !times.every(isTimeText)) return;
  const message = `${name}: line ${line}: the columns are times (${times.slice(0, 2).join(', ')}, …); turn the table, so that every time is a row and every series a column, or a row for each of both.`;
  throw new DataError('data/header', message, { file: name, line });
}

/**
 * Columns of several levels as pandas (and so yfinance) writes them: a record for each level with its name in front, then
 * one that names the index alone.
 */
function levelledHeader(records: readonly TextRecord[]): Header | undefined {
  const width = records[0]!.fields.length;
  const at = records
    .slice(0, 6)
    .findIndex(({ fields }) => fields.length > 1 && fields.slice(1).every((cell) => cell === ''));
  if (at < 1 || width < 2 || records[at]!.fields.length !== width || records[at]!.fields[0] === '') return undefined;
  const levels = records.slice(0, at).map((record) => record.fields);
  const isText = levels.every((fields) => fields.length === width && !fields.some(isValue));
  const next = records[at + 1];
  if (!isText || isValue(records[at]!.fields[0]!) || next === undefined || !next.fields.some(isValue)) return undefined;
  const varying = levels.filter((fields) => new Set(fields.slice(1)).size > 1);
  const used = varying.length === 0 ? levels.slice(0, 1) : varying;
  const names = records[0]!.fields.map((_, index) =>
    index === 0 ? records[at]!.fields[0]! : used.map((fields) => fields[index]).join(' '),
  );
  const lines = `lines ${records[0]!.line} to ${records[at]!.line}`;
  return { names, records: at + 1, notices: [`${lines} are the header, as pandas writes columns of several levels`] };
}

/** The number of fields that most records have. */
export function commonWidth(records: readonly TextRecord[]): number {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}

function quote(fields: readonly string[]): string {
  const shown = fields.slice(0, 3).map((field) => `"${field.slice(0, 40)}"`);
  return fields.length > 3 ? `${shown.join(', ')}, …` : shown.join(', ');
}
