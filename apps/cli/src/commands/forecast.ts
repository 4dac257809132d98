import { formatTime, type SeriesSet, seriesIndex } from '@nt/data';
import type { Forecast } from '@nt/forecast';
import { writeSafely } from '@nt/forecast/node';
import { forecastCsv } from '../output/forecast-csv.ts';
import { whole } from '../output/numbers.ts';
import { plotLines } from '../output/plot-lines.ts';
import { svgPlot } from '../output/svg-plot.ts';
import { stderrTerminal, type Terminal } from '../output/terminal.ts';
import { terminalPlot } from '../output/terminal-plot.ts';
import { type ModelFlags, useModel } from './use-model.ts';

export interface ForecastFlags extends ModelFlags {
  readonly output?: string;
  readonly plot?: string;
  readonly series?: string;
  readonly sketch: boolean;
}

/** Forecasts, writes CSV and plot, sketches. */
export async function forecast(flags: ForecastFlags): Promise<void> {
  const terminal = stderrTerminal(flags.quiet === true);
  await useModel(flags, async (forecaster, set) => {
    const drawn = flags.series === undefined ? 0 : seriesIndex(set, flags.series);
    const ahead = await forecaster.predict(set);
    if (flags.output !== undefined) await writeSafely(flags.output, forecastCsv(ahead, set));
    if (flags.plot !== undefined) await writeSafely(flags.plot, drawing(set, ahead, drawn));
    if (flags.sketch && terminal.isInteractive) sketch(terminal, set, ahead, drawn);
    summary(terminal, flags, set, ahead);
    if (flags.json) process.stdout.write(`${JSON.stringify(asJson(ahead, set), undefined, 2)}\n`);
    else if (flags.output === undefined) process.stdout.write(forecastCsv(ahead, set));
  });
}

function drawing(set: SeriesSet, ahead: Forecast, series: number): string {
  const { history, ahead: next } = plotLines(set, series, ahead.series[series]!);
  const name = set.ids.length > 1 ? `${set.target} of ${set.ids[series]}` : set.target;
  return svgPlot(`${name}: the next ${ahead.horizon} time steps`, [history, next]);
}

function sketch(terminal: Terminal, set: SeriesSet, ahead: Forecast, series: number): void {
  const { history, ahead: next } = plotLines(set, series, ahead.series[series]!);
  terminal.line(terminalPlot(history, next, terminal.width));
}

function summary(terminal: Terminal, flags: ForecastFlags, set: SeriesSet, ahead: Forecast): void {
  const { times } = ahead.series[0]!;
  const span = `${formatTime(times[0]!, set.frequency)} to ${formatTime(times.at(-1)!, set.frequency)}`;
  terminal.line(
    `forecast of ${set.target}: ${whole(ahead.series.length)} series, ${ahead.horizon} time steps, ${span}`,
  );
  if (flags.output !== undefined) terminal.line(`written to ${flags.output}`);
  if (flags.plot !== undefined) terminal.line(`drawn in ${flags.plot}`);
}

function asJson(ahead: Forecast, set: SeriesSet): unknown {
  return {
    target: set.target,
    horizon: ahead.horizon,
    series: ahead.series.map(({ id, times, values }) => ({
      id,
      times: times.map((time) => formatTime(time, set.frequency)),
      values: Array.from(values),
    })),
  };
}
