import { isTimeName } from '../crosstab/time-names.ts';
import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import { isValue } from './is-value.ts';
import { commonWidth, type TextRecord } from './split-records.ts';

export { checkFileKind } from './check-file-kind.ts';
export { checkBlanks, checkNames, decodeHead, noRecords } from './check-head.ts';

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
  const merged = mergedHeader(records);
  if (told === undefined && merged === undefined && !isTimesHeader(first)) {
    checkComments(name, records);
    checkPreamble(name, records);
    checkValues(name, records);
  }
  return merged ?? levelledHeader(records) ?? { names: first.fields, records: 1, notices: [] };
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
  // A name may look like a value (USGS calls columns `00060`): names above values are a header all the same.
  const isHeader =
    /^[nv]+$/.test(forms[0]!) &&
    forms[0]!.length === width &&
    [...(dataForm ?? '')].some((cell, k) => cell === 'v' && forms[0]![k] === 'n');
  if (at < 1 || isHeader || dataForm?.length !== width || forms.slice(0, at).includes(dataForm)) return;
  const [first, header] = [records[0]!, records[at]!];
  throw noHeader(name, first, header, remedy('skipRows', header.line - 1));
}

/** Lines that begin with the same mark, and then a header. */
function checkComments(name: string, records: readonly TextRecord[]): void {
  const first = records[0]!;
  const mark = /^[#%!*]/.exec(first.fields[0]!)?.[0];
  if (mark === undefined) return;
  const at = records.findIndex(({ fields }) => !fields[0]!.startsWith(mark));
  if (at < 1 || hasValue(formOf(records[at]!))) return;
  throw noHeader(name, first, records[at]!, remedy('comment', mark));
}

function noHeader(name: string, first: TextRecord, header: TextRecord, advice: string): DataError {
  const message = `${name}: line ${first.line} (${quote(first.fields)}) is not the header: line ${header.line} seems to be it (${header.fields.slice(0, 8).join(', ')}); pass ${advice}.`;
  return new DataError('data/header', message, { file: name, line: first.line });
}

function hasValue(form: string | undefined): boolean {
  return form?.includes('v') === true;
}

/** A first record like the ones below it, value for value, is an observation that would be lost as a header. */
function checkValues(name: string, records: readonly TextRecord[]): void {
  const [first, ...rest] = records.slice(0, 11).map(formOf);
  const columns = [...first!].map((_, index) => index).filter((index) => rest.every((form) => form[index] === 'v'));
  if (rest.length === 0 || columns.length === 0 || columns.some((index) => first![index] !== 'v')) return;
  const message = `${name}: line ${records[0]!.line} (${quote(records[0]!.fields)}) holds values, not the names of columns; pass ${remedy('header', false)} if the file has no header (the columns are then column1, column2, …), or ${remedy('header', true)} if these are names.`;
  throw new DataError('data/header', message, { file: name, line: records[0]!.line });
}

/** Whether a record has names that are times, as a crosstab has them: at least three, and half of all. */
export function isTimesHeader({ fields }: TextRecord): boolean {
  const times = fields.filter(isTimeName);
  return new Set(times).size > 2 && times.length * 2 >= fields.length && !isValue(fields[0]!);
}

/** Two records of names, as merged cells of a sheet are saved: a name of the first goes for the empty cells behind it. */
function mergedHeader([above, below, next]: readonly TextRecord[]): Header | undefined {
  if (!above || !below || !next || above.fields.length !== below.fields.length || !next.fields.some(isValue)) return;
  if ([...above.fields, ...below.fields].some(isValue)) return;
  const own = above.fields.filter((cell) => cell !== '').length;
  const isTold = below.fields[0] === '' || new Set(below.fields).size < below.fields.length;
  if (own < 2 || own === above.fields.length || !isTold || below.fields.every((cell) => cell === '')) return;
  let upper = '';
  const names = above.fields.map((cell, at) => {
    upper = cell || upper;
    return `${upper} ${below.fields[at]}`.trim();
  });
  const notices = [
    `lines ${above.line} and ${below.line} are the header, a name of the first for the empty cells behind it`,
  ];
  return new Set(names).size < names.length ? undefined : { names, records: 2, notices };
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

function quote(fields: readonly string[]): string {
  const shown = fields.slice(0, 3).map((field) => `"${field.slice(0, 40)}"`);
  return fields.length > 3 ? `${shown.join(', ')}, …` : shown.join(', ');
}
