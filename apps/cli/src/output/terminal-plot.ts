import { blue, plot, yellow } from 'asciichart';
import { short } from './numbers.ts';
import type { PlotLine } from './plot-lines.ts';

/** A sketch of history and forecast for the terminal; the values are thinned out to fit `width` columns. */
export function terminalPlot(history: PlotLine, ahead: PlotLine, width: number): string {
  const room = Math.max(width - 14, 20);
  const values = [...history.values, ...ahead.values];
  const stride = Math.max(Math.ceil(values.length / room), 1);
  const thin = (line: readonly number[]): number[] => line.filter((_, i) => i % stride === 0);
  const gap = (n: number): number[] => new Array<number>(n).fill(Number.NaN);
  const past = [...history.values, ...gap(ahead.values.length)];
  const next = [...gap(history.values.length), ...ahead.values];
  return plot([thin(past), thin(next)], {
    height: 12,
    colors: [blue, yellow],
    format: (value) => short(value).padStart(9),
  });
}
