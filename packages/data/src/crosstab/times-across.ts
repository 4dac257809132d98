import { commonFormats } from '../time/fitting-format.ts';
import { isTimeText } from '../time/is-time-text.ts';
import { monthNumber } from '../time/month-names.ts';
import { compileTimeFormat } from '../time/parse-formatted-time.ts';
import { parseTime } from '../time/parse-plain-time.ts';
import type { Across, AcrossColumn } from './across.ts';
import { hoursAcross } from './hours-across.ts';
import { isTimeName, timeInName, yearMonth } from './time-names.ts';

/** Every kind of time that the names of some columns are, the finest first. */
export function timesAcross(names: readonly string[], timeFormat: string | undefined): Across[] {
  return [
    hoursAcross(names),
    daysOfMonth(names),
    weeks(names),
    months(names),
    quarters(names),
    times(names, timeFormat),
  ].filter((found) => found !== undefined);
}

/** The columns of a pattern whose group is a number, if they are the numbers 1 to one of `counts`. */
function complete(names: readonly string[], patterns: readonly RegExp[], counts: readonly number[]) {
  for (const pattern of patterns) {
    const columns = names.flatMap((name) => {
      const part = Number(pattern.exec(name)?.[1] ?? 0);
      return part > 0 ? [{ name, part }] : [];
    });
    columns.sort((one, other) => one.part - other.part);
    if (counts.includes(columns.length) && columns.every(({ part }, at) => part === at + 1)) return columns;
  }
  return undefined;
}

function months(names: readonly string[]): Across | undefined {
  const words = names.filter((name) => /^\p{L}{3,10}\.?$/u.test(name));
  const named = words.length < 12 ? [] : words.map((name) => ({ name, part: monthNumber(name) }));
  const known = named.filter(({ part }) => part > 0).sort((one, other) => one.part - other.part);
  const isWhole = known.length === 12 && known.every(({ part }, at) => part === at + 1);
  const columns = isWhole
    ? known
    : complete(names, [/^m[ _]?(\d{1,2})$/i, /^month[ _]?(\d{1,2})$/i, /^(\d{1,2})$/], [12]);
  return columns && { kind: 'month', said: 'months of a year', columns };
}

const quarterNames = [
  /^q[ _]?([1-4])$/i,
  /^(?:qtr|quarter|quartal|trim\w*)\.?[ _]?([1-4])$/i,
  /^t([1-4])$/i,
  /^([1-4])\.?[ _]?(?:q|qtr|quarter|quartal|trim\w*)$/i,
  /^([1-4])(?:st|nd|rd|th) (?:q|qtr|quarter)$/i,
];

function quarters(names: readonly string[]): Across | undefined {
  const columns = complete(names, quarterNames, [4]);
  return columns && { kind: 'quarter', said: 'quarters of a year', columns };
}

function daysOfMonth(names: readonly string[]): Across | undefined {
  const columns = complete(names, [/^(?:d|day)?[ ._]?(\d{1,2})$/i], [31]);
  return columns && { kind: 'day', said: 'days of a month', columns };
}

function weeks(names: readonly string[]): Across | undefined {
  const columns = complete(names, [/^(?:w|wk|week|kw)[ ._]?(\d{1,2})$/i], [52, 53]);
  return columns && { kind: 'week', said: 'weeks of a year', columns };
}

const shapeOf = (text: string): string => text.replace(/\d+/g, '0').replace(/\p{L}+/gu, 'a');

/** At least three times of one form, one after another. */
function times(names: readonly string[], told: string | undefined): Across | undefined {
  const parse = told === undefined ? undefined : compileTimeFormat(told).parse;
  const isTold = (name: string) => parse !== undefined && !Number.isNaN(parse(timeInName(name)));
  const all = names.filter((name) => isTold(name) || isTimeName(name));
  const shapes = new Map<string, string[]>();
  for (const name of all) {
    const shape = isTold(name) ? 'told' : shapeOf(timeInName(name));
    shapes.set(shape, [...(shapes.get(shape) ?? []), name]);
  }
  const found = [...shapes.values()].reduce<string[]>((best, one) => (one.length > best.length ? one : best), []);
  if (found.length < 3) return undefined;
  const labels = found.map(timeInName);
  const formats = isTold(found[0]!) ? [told!] : formatsOf(labels);
  const read = formats.length === 0 ? readPlain : compileTimeFormat(formats[0]!).parse;
  const columns = labels.map((label, at) => ({ name: found[at]!, part: read(label) }));
  const isSteady = (sign: number) =>
    columns.every(({ part }, at) => at === 0 || sign * (part - columns[at - 1]!.part) > 0);
  const isOrdered = formats.length > 1 || isSteady(1) || isSteady(-1);
  if (!isOrdered || columns.some(({ part }) => Number.isNaN(part))) return undefined;
  const unit = labels.every((label) => /^\d{4}$/.test(label))
    ? 'year'
    : columns.every(({ part }) => part % 86_400_000 === 0) && !isMonthly(columns)
      ? 'day'
      : 'other';
  if (columns[0]!.part > columns.at(-1)!.part) columns.reverse();
  return { kind: 'time', said: 'times', columns, unit, ...(formats.length === 0 ? {} : { formats }) };
}

const isMonthly = (columns: readonly AcrossColumn[]): boolean =>
  columns.every(({ part }) => new Date(part).getUTCDate() === 1);

/** Formats of texts that are no times untold; none for texts that are. */
function formatsOf(labels: readonly string[]): readonly string[] {
  if (labels.every((label) => yearMonth.test(label))) return ['%Y%m'];
  return labels.every(isTimeText) ? [] : commonFormats(labels.at(-1)!, labels);
}

const readPlain = (text: string): number => parseTime(text, { hasZone: false, offset: 0, droppedDigits: false });
