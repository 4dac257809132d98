import type { ReportWalk } from '@nt/report';
import type uPlot from 'uplot';
import { short } from '../dom.ts';
import { axis, type Chart, createChart } from './chart.ts';
import { colour } from './colours.ts';
import { timeAxis, utcDates } from './time-axis.ts';

/** What came, and what was forecast of it: the method in question and its best rival. */
export function walkChart(place: HTMLElement, { at, actual, methods }: ReportWalk, hasTimes: boolean): Chart {
  const scale = hasTimes ? 1000 : 1;
  // A step without value stands behind each forecast, at the time of its last one: half a step later it ends the line.
  const half = at.length > 1 ? (at[1]! - at[0]!) / 2 : 1;
  const times = at.map((time, index) => (index > 0 && time === at[index - 1] ? time + half : time));
  const x = [...new Set([...times, ...actual.at])].sort((a, b) => a - b);
  const columns = [
    { at: actual.at, values: actual.values },
    ...methods.map(({ values }) => ({ at: times, values })),
  ].map(({ at: own, values }) => {
    const known = new Map(own.map((time, index) => [time, Number.isFinite(values[index]) ? values[index]! : null]));
    return x.map((time) => known.get(time));
  });
  const value = (_: uPlot, raw: number | null | undefined): string => (raw == null ? '–' : short(raw));
  const line = { points: { show: false }, value };
  const options = (): Omit<uPlot.Options, 'width' | 'height'> => ({
    scales: { x: { time: hasTimes } },
    ...utcDates,
    series: [
      {
        label: 'Time',
        value: (_, raw: number | null) =>
          raw === null
            ? '–'
            : hasTimes
              ? new Date(raw * 1000).toISOString().slice(0, 16).replace('T', ' ')
              : `row ${raw + 1}`,
      },
      { label: 'What came', stroke: colour('text'), width: 1.5, ...line },
      ...methods.map(({ method }, index) => ({
        label: method,
        stroke: colour(index === 0 ? 'series-1' : 'series-2'),
        width: index === 0 ? 2 : 1,
        ...(index > 0 && { dash: [4, 4] }),
        ...line,
      })),
    ],
    axes: [timeAxis(hasTimes), axis()],
  });
  return createChart(place, options, [x.map((time) => time / scale), ...columns] as uPlot.AlignedData);
}
