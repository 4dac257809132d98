import type { WorkerTrainEvent } from '@nt/forecast/worker';
import type uPlot from 'uplot';
import { short } from '../dom.ts';
import { axis, type Chart, createChart } from './chart.ts';
import { colour } from './colours.ts';

/** Live curves of a training. */
export interface LossChart {
  add(event: WorkerTrainEvent): void;
  dispose(): void;
}

const value = (_: uPlot, raw: number | null): string => (raw === null ? '–' : short(raw));

const options = (): Omit<uPlot.Options, 'width' | 'height'> => ({
  scales: { x: { time: false } },
  series: [
    { label: 'Update' },
    { label: 'Training loss', stroke: colour('series-1'), width: 1.5, spanGaps: true, value },
    { label: 'Validation loss', stroke: colour('series-2'), width: 2, spanGaps: true, value },
    {
      label: 'Learning rate',
      stroke: colour('series-3'),
      width: 1,
      dash: [4, 4],
      scale: 'rate',
      spanGaps: true,
      value,
    },
  ],
  axes: [
    axis({ size: 32 }),
    axis(),
    axis({ scale: 'rate', side: 1, grid: { show: false }, values: (_, ticks) => ticks.map((tick) => short(tick)) }),
  ],
});

/** Between two drawings: curves that grow need no more, and the page stays free. */
const milliseconds = 250;

/** Starts empty; draws a few times a second, whatever comes. */
export function lossChart(place: HTMLElement): LossChart {
  const rows = new Map<number, [number | null, number | null, number | null]>();
  // Made with the first points: axes of an empty chart are hidden, and would push the others away when they appear.
  let chart: Chart | null = null;
  let isGone = false;
  let isWaiting = false;
  const draw = (): void => {
    isWaiting = false;
    if (isGone) return;
    const updates = [...rows.keys()].sort((a, b) => a - b);
    const column = (index: 0 | 1 | 2): (number | null)[] => updates.map((update) => rows.get(update)![index]);
    const data: uPlot.AlignedData = [updates, column(0), column(1), column(2)];
    if (chart) chart.setData(data);
    else chart = createChart(place, options, data);
  };
  const put = (update: number, index: 0 | 1 | 2, number: number | null | undefined): void => {
    const row = rows.get(update) ?? [null, null, null];
    row[index] = number ?? null;
    rows.set(update, row);
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => requestAnimationFrame(draw), milliseconds);
  };
  return {
    add(event) {
      if (event.type === 'validation-end' && !event.sanity) put(event.update, 1, Object.values(event.metrics)[0]);
      if (event.type !== 'update-end' || event.loss === null) return;
      put(event.update, 0, event.loss);
      put(event.update, 2, event.learningRate);
    },
    dispose() {
      isGone = true;
      chart?.dispose();
    },
  };
}
