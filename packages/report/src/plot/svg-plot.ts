import { drawPlot } from './draw-plot.ts';
import { paper } from './palette.ts';
import type { Plot } from './plot.ts';

/** A plot as an SVG file of its own: 900 pixels wide, on white. */
export function svgPlot(plot: Plot): string {
  const { text } = drawPlot(plot, { width: 900, height: 300, palette: paper, hasTitle: true, id: 'plot' });
  return `${text.replace(/\n+/g, '\n')}\n`;
}
