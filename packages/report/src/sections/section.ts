import { type SeriesSet, writeTime } from '@nt/data';
import type { Markup } from '../markup/html.ts';
import type { Plot } from '../plot/plot.ts';
import type { Report } from '../report.ts';

/** A part of the page under a heading of its own. */
export interface Section {
  /** Unique on the page; the contents lead to it. */
  readonly id: string;
  readonly title: string;
  readonly body: Markup | readonly Markup[];
}

/** A time as the report writes times. */
export function timeText({ times }: Report, time: number): string {
  if (times !== undefined) return writeTime(times as SeriesSet, time);
  return Number.isFinite(time) ? new Date(time).toISOString().replace(/T00:00:00\.000Z$/, '') : '–';
}

/** The x axis of pictures over time: rows are numbers, and where the file's clock is not UTC this is said. */
export function timeAxis({ times }: Report): Pick<Plot, 'x' | 'xTitle'> {
  if (times?.frequency.unit === 'row') return { x: 'number', xTitle: 'row' };
  const zone = times?.timeForm.zone ?? null;
  return { x: 'time', xTitle: zone === null || ['Z', 'UTC', 'Etc/UTC'].includes(zone) ? undefined : 'times in UTC' };
}
