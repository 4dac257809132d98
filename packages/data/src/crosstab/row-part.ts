import type { SeriesOptions } from '../series/series-options.ts';
import { epochTime } from '../time/epoch-time.ts';
import { fittingFormats } from '../time/fitting-format.ts';
import { isTimeText } from '../time/is-time-text.ts';
import { monthNumber } from '../time/month-names.ts';
import { compileTimeFormat } from '../time/parse-formatted-time.ts';
import { parseTime } from '../time/parse-plain-time.ts';
import type { Across } from './across.ts';
import { hoursAcross } from './hours-across.ts';

/** The part of the time that the rows of a crosstab have. */
export type RowKind = 'year' | 'day' | 'month' | 'quarter' | 'hour';

/** The column of that part, or the columns of a date, which then are its name together. */
export interface RowPart {
  readonly name: string;
  readonly columns: readonly string[];
  readonly kind: RowKind;
}

/** Rows and columns that people put beside the times: sums and means of them. */
const sums =
  /^(grand |year(ly)? |annual |daily |sub)?(annual|ann|totals?|sum|avg|ave|average|mean|min(imum)?|max(imum)?|median|ytd|year|yearly|summe|gesamt|mittel(wert)?|durchschnitt|jahr|somme|moyenne|ann[ée]e|media|promedio|totale|anual|half ?[12]|h[12]|m13|s0?[123]|[jd]-[dn]|djf|mam|jja|son)( total| sum| avg| average| mean)?\.?$/i;

/** Whether a name says a sum or a mean of the others. */
export const isSum = (name: string): boolean => sums.test(name.trim());

/** A year in a cell; undefined for other texts. */
export function yearIn(text: string): number | undefined {
  const year = /^(\d{4})(?:\.0+)?$/.test(text) ? Number(text) : Number.NaN;
  return year >= 1500 && year <= 2200 ? year : undefined;
}

/** A month of a year by its name or number; a quarter by its number. */
export const monthIn = (text: string): number | undefined =>
  monthNumber(text) || (/^(0?[1-9]|1[0-2])$/.test(text) ? Number(text) : undefined);
export const quarterIn = (text: string): number | undefined => {
  const digit = /^(?:q|qtr|quarter|t)[ _.]?([1-4])$|^([1-4])\.? ?(?:q|qtr|quarter|quartal)?$/i.exec(text);
  return digit === null ? undefined : Number(digit[1] ?? digit[2]);
};

/** Names of columns in which some cells may be no years or days: an error tells which. */
const named = {
  year: /^(years?|yr|jahr|ann?[ée]e|año|anno|ano|jaar|år|time|period)$/i,
  day: /^((trade|trading|delivery|flow|settlement|operating|oper)?[ _-]?(date|day)|datum|tag|fecha|time|ds)$/i,
};

/** What may be the row part of a kind of columns, by the cells of a column without sums. */
export function rowKindOf(
  across: Across,
  name: string,
  cells: readonly string[],
  options: SeriesOptions,
): RowKind | undefined {
  const own = cells.filter((cell) => !isSum(cell));
  if (own.length === 0) return undefined;
  const needed = (kind: 'year' | 'day') =>
    name === options.time || named[kind].test(name) ? own.length / 2 : own.length;
  if (across.kind === 'hour') return daysIn(own, options) >= needed('day') ? 'day' : undefined;
  if (across.kind === 'day') return areMonths(own, options) ? 'day' : undefined;
  if (across.kind !== 'time')
    return own.filter((cell) => yearIn(cell) !== undefined).length >= needed('year') ? 'year' : undefined;
  if (across.unit === 'year') {
    const isWord = own.every((cell) => /\p{L}{3}/u.test(cell));
    if (own.every((cell) => monthIn(cell) !== undefined) && (isWord || /^(month|monat|mois|mes|mo)$/i.test(name)))
      return 'month';
    return own.every((cell) => /[a-z]/i.test(cell) && quarterIn(cell) !== undefined) ? 'quarter' : undefined;
  }
  const hours = across.unit === 'day' ? hoursAcross([...new Set(own)]) : undefined;
  const isNamed = /hour|hr|stunde|heure|hora|time|period|^he$/i.test(name);
  return hours !== undefined && (isNamed || !hours.isCounted || /[a-z]/i.test(own[0]!)) ? 'hour' : undefined;
}

/** How many cells are days, where some days follow each other. */
function daysIn(cells: readonly string[], options: SeriesOptions): number {
  return Math.max(
    0,
    ...readings(cells, options).map((read) => {
      const days = cells.map(read).filter((time) => time % 86_400_000 === 0);
      const sorted = [...new Set(days)].sort((one, other) => one - other);
      const isDaily = sorted.length === 1 || sorted.some((time, at) => at > 0 && time - sorted[at - 1]! === 86_400_000);
      return isDaily ? days.length : 0;
    }),
  );
}

/** Whether cells are months, as days that are the first of one. */
function areMonths(cells: readonly string[], options: SeriesOptions): boolean {
  return readings(cells, options).some((read) =>
    cells.every((cell) => read(cell) % 86_400_000 === 0 && new Date(read(cell)).getUTCDate() === 1),
  );
}

function readings(cells: readonly string[], { timeFormat, timeUnit }: SeriesOptions): ((text: string) => number)[] {
  if (timeFormat !== undefined) return [compileTimeFormat(timeFormat).parse];
  if (timeUnit !== undefined) return [(text) => epochTime(Number(text), timeUnit)];
  // A year is the first of January to who reads times.
  const plain = (text: string) =>
    /^\d{4}$/.test(text) ? Number.NaN : parseTime(text, { hasZone: false, offset: 0, droppedDigits: false });
  return [plain, ...fittingFormats(cells[0]!).map((format) => compileTimeFormat(format).parse)];
}

/** Whether the cells of a column are times of their own, beside which columns are no times of the same values. */
export function areTimes(name: string, cells: readonly string[]): boolean {
  if (cells.length === 0) return false;
  if (cells.every((cell) => yearIn(cell) !== undefined)) return /year|jahr|ann[ée]e|año|date|time/i.test(name);
  return cells.every((cell) => !/^\d+(\.\d+)?$/.test(cell) && (isTimeText(cell) || fittingFormats(cell).length > 0));
}
