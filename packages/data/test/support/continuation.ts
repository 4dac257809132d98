import { expect } from 'vitest';
import { type CsvOptions, type SeriesSet, timeAt, writeTime } from '../../src/index.ts';
import { isoDay, timesCsv } from './dates.ts';
import { readText } from './read-text.ts';

/** `count` times of a series from a step on, as its file writes them. */
export const textsOf = (set: SeriesSet, from: number, count: number, series = 0): string[] =>
  Array.from({ length: count }, (_, k) => writeTime(set, timeAt(set, series, from + k)));

/** All times but the last `ahead` are read; the set must give them back and go on with those left. */
export async function expectContinuation(
  times: readonly string[],
  ahead: number,
  options: CsvOptions = {},
): Promise<SeriesSet> {
  const known = times.slice(0, -ahead);
  const set = await readText(timesCsv(known), options);
  expect(textsOf(set, 0, times.length)).toEqual(times);
  return set;
}

/** Clock times of a day from `open` to `close`, each `step` minutes. */
export const clocks = (open: number, close: number, step: number): string[] =>
  Array.from({ length: (close - open) / step + 1 }, (_, k) => {
    const minutes = open + k * step;
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  });

/** The clock times of each of some days. */
export const sessions = (days: readonly Date[], daily: readonly string[]): string[] =>
  days.flatMap((date) => daily.map((clock) => `${isoDay(date)} ${clock}`));
