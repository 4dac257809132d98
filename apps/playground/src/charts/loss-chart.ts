import type uPlot from 'uplot';
import { short } from '../dom.ts';
import { axis, type Chart, createChart } from './chart.ts';
import { colour } from './colours.ts';

/** What is added to the curves at an update. */
export interface CurvePoint {
  /** Counted over all networks of a run. */
  readonly update: number;
  /** The network, where there are several. */
  readonly member: string | null;
  readonly training?: number;
  readonly validation?: number;
  readonly rate?: number;
}

/** Live curves of a training. */
export interface LossChart {
  add(point: CurvePoint): void;
  dispose(): void;
}

const value = (_: uPlot, raw: number | null | undefined): string => (raw == null ? '–' : short(raw));

const options = (): Omit<uPlot.Options, 'width' | 'height'> => ({
  scales: { x: { time: false } },
  series: [
    { label: 'Update' },
    { label: 'Training loss', stroke: colour('series-1'), width: 1.5, points: { show: false }, value },
    { label: 'Validation loss', stroke: colour('series-2'), width: 2, value },
    {
      label: 'Learning rate',
      stroke: colour('series-3'),
      width: 1,
      dash: [4, 4],
      scale: 'rate',
      points: { show: false },
      value,
    },
  ],
  axes: [
    axis({ size: 32 }),
    axis({ size: 64 }),
    // As wide as the longest number that comes: a chart that grew narrower while it is watched would jump.
    axis({
      scale: 'rate',
      side: 1,
      size: 84,
      grid: { show: false },
      values: (_, ticks) => ticks.map((tick) => short(tick)),
    }),
  ],
});

/** Undefined: nothing was read here, the line goes on; null: the line ends. */
type Cell = number | null | undefined;
const gap = null;

/** Between two drawings: curves that grow need no more, and the page stays free. */
const milliseconds = 250;

/** Starts empty; draws a few times a second, whatever comes. */
export function lossChart(place: HTMLElement): LossChart {
  const rows = new Map<number, [Cell, Cell, Cell]>();
  let [member, newest]: [string | null, number] = [null, 0];
  // Made with the first points: axes of an empty chart are hidden, and would push the others away when they appear.
  let chart: Chart | null = null;
  let isGone = false;
  let isWaiting = false;
  const draw = (): void => {
    isWaiting = false;
    if (isGone) return;
    const updates = [...rows.keys()].sort((a, b) => a - b);
    const column = (index: 0 | 1 | 2): Cell[] => updates.map((update) => rows.get(update)![index]);
    const data: uPlot.AlignedData = [updates, column(0), column(1), column(2)];
    if (chart) chart.setData(data);
    else chart = createChart(place, options, data);
  };
  return {
    add({ update, member: of, ...values }) {
      // Nothing is drawn from the end of one network to the beginning of the next.
      if (of !== member && rows.size > 0) rows.set(newest + 0.5, [gap, gap, gap]);
      [member, newest] = [of, Math.max(newest, update)];
      const row = rows.get(update) ?? [undefined, undefined, undefined];
      (['training', 'validation', 'rate'] as const).forEach((name, index) => {
        if (values[name] !== undefined) row[index] = Number.isFinite(values[name]) ? values[name] : gap;
      });
      rows.set(update, row);
      if (isWaiting) return;
      isWaiting = true;
      setTimeout(() => requestAnimationFrame(draw), milliseconds);
    },
    dispose() {
      isGone = true;
      chart?.dispose();
    },
  };
}
