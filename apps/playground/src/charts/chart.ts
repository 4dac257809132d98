import uPlot from 'uplot';
import { colour } from './colours.ts';

/** Makes the options of a chart; called again when colours change. */
export type MakeOptions = () => Omit<uPlot.Options, 'width' | 'height'>;

/** A uPlot that keeps the size of its place and the colours of the page. */
export interface Chart {
  setData(data: uPlot.AlignedData): void;
  dispose(): void;
}

/** Draws a chart into an element whose height the style sheet gives, so that nothing moves when it appears. */
export function createChart(place: HTMLElement, options: MakeOptions, first: uPlot.AlignedData): Chart {
  let data = first;
  let plot: uPlot | null = null;
  const size = () => ({ width: place.clientWidth, height: place.clientHeight - legendHeight(place) });
  const draw = (): void => {
    plot?.destroy();
    plot = new uPlot({ ...options(), ...size() }, data, place);
  };
  const resized = new ResizeObserver(() => plot?.setSize(size()));
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', draw);
  document.addEventListener('theme-change', draw);
  draw();
  resized.observe(place);
  return {
    setData(next) {
      data = next;
      plot?.setData(next);
    },
    dispose() {
      resized.disconnect();
      dark.removeEventListener('change', draw);
      document.removeEventListener('theme-change', draw);
      plot?.destroy();
      place.replaceChildren();
    },
  };
}

/** Kept free by the style sheet, not measured: a legend that grows would move the curves. */
const legendHeight = (place: HTMLElement): number =>
  Number.parseFloat(getComputedStyle(place).getPropertyValue('--legend'));

/** An axis in the colours of the page, as wide as its longest number. */
export function axis(more: uPlot.Axis = {}): uPlot.Axis {
  const lines = { stroke: colour('line'), width: 1 };
  return { stroke: colour('quiet'), grid: lines, ticks: lines, size: widthOf, ...more };
}

/** Of numbers of 12 pixels, with tick and gap. */
function widthOf(_: uPlot, texts: readonly string[] | null): number {
  const longest = (texts ?? []).reduce((most, { length }) => Math.max(most, length), 0);
  return Math.max(56, 18 + 7 * longest);
}
