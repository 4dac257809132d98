import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import type { ColumnGlimpse } from './column-glimpse.ts';
import { cut } from './describe-texts.ts';

const timeNames = [
  'ds',
  'date',
  'datetime',
  'date_time',
  'timestamp',
  't',
  'time',
  'month',
  'day',
  'week',
  'quarter',
  'year',
  'period',
  'unix',
  'open time',
  'open_time',
];
/** Names of times that are also those of features. */
const featureNames: ReadonlySet<string> = new Set(['month', 'day', 'week', 'quarter', 'year', 'period']);

/**
 * The time column: what stands in a column counts before what it is called, so that a feature `month` of 1 to 12 does not
 * win over the dates beside it, nor a feature `year` or the day of the export, which hardly change, over times that do. Of
 * a file without names it is the first that may be one.
 */
export function findTime(file: string, columns: readonly ColumnGlimpse[], taken: ReadonlySet<string>): string {
  const free = columns.filter((column) => !taken.has(column.name) && column.name !== '');
  const unnamed = columns.filter((column) => column.name === '' && column.look === 'time');
  const named = timeNames.flatMap((name) => free.filter((column) => plainName(column.name) === name));
  const times = [...named, ...free, ...unnamed].filter(
    (column) => column.look === 'time' || (featureNames.has(plainName(column.name)) && column.isTime === true),
  );
  const found =
    named.find(
      ({ name, look, isTime }) => (look === 'time' || isTime === true) && !featureNames.has(plainName(name)),
    ) ??
    times.reduce<ColumnGlimpse | undefined>(
      (best, column) => (best === undefined || (column.distinct ?? 0) > (best.distinct ?? 0) ? column : best),
      undefined,
    ) ??
    free.find((column) => column.look === 'text' && column.isTime === true) ??
    named.find((column) => column.isClock !== true) ??
    named[0] ??
    free.find(
      ({ name, isTime, example = '' }) => isTime === true && (/^column\d+$/.test(name) || isEpochIndex(name, example)),
    );
  if (found) return found.name;
  const shown = columns
    .slice(0, 12)
    .map(({ name, example }) => (example === undefined ? name : `${name} ("${cut(example)}")`));
  const rest = columns.length > 12 ? ` and ${columns.length - 12} more` : '';
  const message = `${file}: no time column found; the file has: ${shown.join(', ')}${rest}. Name it (${remedy('time')}), or pass ${remedy('time', false)} to use the order of rows.`;
  throw new DataError('data/missing-column', message, { file, candidates: columns.map(({ name }) => name) });
}

/** The index of pandas is written in milliseconds. */
const isEpochIndex = (name: string, example: string): boolean => name === 'index' && /^\d{10,}$/.test(example);

/** The columns that complete the one of the time, in the order in which they are read. */
export function findClock(time: string, free: readonly ColumnGlimpse[]): string[] {
  const named = (name: RegExp) => free.find((column) => name.test(plainName(column.name)))?.name;
  if (plainName(time) === 'year') {
    const months =
      named(/^month$/) === undefined ? [/^quarter$/, /^week$/] : [/^month$/, /^day$/, /^hour$/, /^minute$/];
    return months.flatMap((name) => named(name) ?? []).slice(0, months.length === 2 ? 1 : 4);
  }
  const [first] = free.filter((column) => column.isClock === true && !/minute|second/i.test(column.name));
  if (first === undefined) return [];
  const rest = /hour/i.test(first.name) ? [/^minutes?$/, /^seconds?$/].flatMap((name) => named(name) ?? []) : [];
  return [first.name, ...rest];
}

/** `<DATE>` of a trading terminal is a date, `properties.time` a time. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/^.*\.(?=.)|^[<#\s]+|[>\s]+$/g, '');
}
