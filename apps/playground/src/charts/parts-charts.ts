import type { LabelledForecast } from '@nt/forecast/worker';
import type uPlot from 'uplot';
import { element, short } from '../dom.ts';
import { axis, type Chart, createChart } from './chart.ts';
import { colour } from './colours.ts';
import { timeAxis, utcDates } from './time-axis.ts';

/** A summand of a forecast. */
export interface ForecastPart {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** Each part of a forecast on a scale of its own; one that is the same everywhere needs no picture. */
export function partsCharts(
  place: HTMLElement,
  parts: readonly ForecastPart[],
  { times, labels }: Pick<LabelledForecast, 'times' | 'labels'>,
  hasTimes: boolean,
): readonly Chart[] {
  const x = times.map((time) => time / (hasTimes ? 1000 : 1));
  const charts: Chart[] = [];
  place.replaceChildren();
  for (const { name, values } of parts) {
    const numbers = Array.from(values);
    if (numbers.every((value) => value === numbers[0])) {
      place.append(element('p', {}, `${name}: ${short(numbers[0] ?? Number.NaN)} at every time step`));
      continue;
    }
    const size = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const box = element('div', {
      class: 'chart small',
      role: 'img',
      'aria-label': `What ${name} adds to the forecast: up to ${short(size)} up or down`,
    });
    place.append(box);
    const options = (): Omit<uPlot.Options, 'width' | 'height'> => ({
      scales: { x: { time: hasTimes } },
      ...utcDates,
      series: [
        { label: 'Time', value: (_, __, ___, index) => (index === null ? '–' : (labels[index] ?? '–')) },
        {
          label: name,
          stroke: colour('series-1'),
          width: 2,
          points: { show: false },
          value: (_, raw: number | null) => (raw == null ? '–' : short(raw)),
        },
      ],
      axes: [timeAxis(hasTimes), axis()],
    });
    charts.push(createChart(box, options, [x, numbers]));
  }
  return charts;
}
