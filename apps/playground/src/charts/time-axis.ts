import uPlot from 'uplot';
import { axis } from './chart.ts';

/** Times without a zone are UTC for the reader, whatever the zone of the browser. */
export const utcDates: Pick<uPlot.Options, 'tzDate' | 'padding'> = {
  // A date at the edge needs half of its width.
  padding: [null, 40, null, null],
  tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
};

/** An axis of ISO dates, or of rows. */
export const timeAxis = (hasTimes: boolean): uPlot.Axis =>
  axis({ size: 36, space: 100, ...(hasTimes && { values: dates }) });

/** With the clock where ticks are less than a day apart. */
function dates(_: uPlot, ticks: readonly number[]): string[] {
  const hasClock = ticks.length > 1 && ticks[1]! - ticks[0]! < 86_400;
  return ticks.map((seconds) => {
    const iso = new Date(seconds * 1000).toISOString();
    return hasClock ? iso.slice(5, 16).replace('T', ' ') : iso.slice(0, 10);
  });
}
