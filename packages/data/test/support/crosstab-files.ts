import { expect } from 'vitest';
import { type CsvOptions, type SeriesSet, timeAt, writeTime } from '../../src/index.ts';
import { readText } from './read-text.ts';

/** Names of months as offices of statistics head their columns. */
export const months: readonly string[] = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Twenty-four names of hours. */
export const hours = (name: (hour: number) => string | number): string[] =>
  Array.from({ length: 24 }, (_, hour) => String(name(hour)));

/** Two digits. */
export const two = (number: number): string => String(number).padStart(2, '0');

/** Days from a date on. */
export const days = (count: number, from = '2024-01-01'): string[] =>
  Array.from({ length: count }, (_, day) => new Date(Date.parse(from) + day * 86_400_000).toISOString().slice(0, 10));

/** A header, and a row for each key in which cells count on from row to row: 0, 1, 2 … */
export function counting(first: string, columns: readonly string[], keys: readonly string[], sign = ','): string {
  const { length } = columns;
  const rows = keys.map((key, row) => [key, ...Array.from({ length }, (_, at) => row * length + at)].join(sign));
  return `${[[first, ...columns].join(sign), ...rows].join('\n')}\n`;
}

/** First time, last time, frequency and values of the first series. */
export function seen(set: SeriesSet): { first: string; last: string; frequency: string; counts: boolean } {
  const time = (step: number) => writeTime(set, timeAt(set, 0, step));
  const last = set.lengths[0]! - 1;
  const values = [...set.values.slice(set.offsets[0]!, set.offsets[0]! + last + 1)];
  return { first: time(0), last: time(last), frequency: set.report.frequency, counts: values.every((v, k) => v === k) };
}

/** The set, which its own reading reads again. */
export async function readTwice(text: string, options: CsvOptions = {}): Promise<SeriesSet> {
  const set = await readText(text, options);
  const again = await readText(text, set.reading);
  expect([again.ids, [...again.values], [...again.starts]]).toEqual([set.ids, [...set.values], [...set.starts]]);
  expect(set.reading.layout).toBe('crosstab');
  return set;
}
