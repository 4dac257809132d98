import type { LabelledForecast, SeriesPart } from '@nt/forecast/worker';
import type uPlot from 'uplot';
import { short } from '../dom.ts';
import { axis, type Chart, createChart } from './chart.ts';
import { colour, thin } from './colours.ts';
import { timeAxis, utcDates } from './time-axis.ts';

type Column = (number | null)[];

/** The end of a series and what comes next, with its intervals from the widest to the narrowest. */
export function fanChart(
  place: HTMLElement,
  history: SeriesPart,
  forecast: LabelledForecast,
  hasTimes: boolean,
): Chart {
  const { values, times, intervals } = forecast;
  const wideFirst = [...intervals].reverse();
  const known = history.values.length;
  const scale = hasTimes ? 1000 : 1;
  const x = [...history.times, ...times].map((time) => time / scale);
  const past: Column = [...Array.from(history.values, finite), ...times.map(() => null)];
  // Every band begins at the last known value, so that the fan opens there.
  const ahead = (column: ArrayLike<number>): Column => [
    ...Array.from({ length: known - 1 }, () => null),
    finite(history.values[known - 1] ?? Number.NaN),
    ...Array.from(column, finite),
  ];
  const labels = [...history.labels, ...forecast.labels];
  const options = (): Omit<uPlot.Options, 'width' | 'height'> => {
    const value = (_: uPlot, raw: number | null): string => (raw === null ? '–' : short(raw));
    const edge = { stroke: thin('series-1', 0.35), width: 1, points: { show: false }, value };
    return {
      scales: { x: { time: hasTimes } },
      ...utcDates,
      series: [
        { label: 'Time', value: (_, __, ___, index) => (index === null ? '–' : (labels[index] ?? '–')) },
        { label: 'History', stroke: colour('text'), width: 1.5, points: { show: false }, value },
        { label: 'Forecast', stroke: colour('series-1'), width: 2, points: { show: false }, value },
        ...wideFirst.flatMap(({ level }) => [
          { ...edge, label: `${level} % upper` },
          { ...edge, label: `${level} % lower` },
        ]),
      ],
      bands: wideFirst.map((_, index) => ({
        series: [3 + 2 * index, 4 + 2 * index] as [number, number],
        fill: thin('series-1', 0.16),
      })),
      axes: [timeAxis(hasTimes), axis()],
    };
  };
  const edges = wideFirst.flatMap(({ lower, upper }) => [ahead(upper), ahead(lower)]);
  return createChart(place, options, [x, past, ahead(values), ...edges]);
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
