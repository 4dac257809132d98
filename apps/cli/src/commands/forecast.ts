import { formatFrequency, type SeriesSet, seriesIndex, writeTime } from '@nt/data';
import type { Forecast, Predictor, SeriesForecast } from '@nt/forecast';
import { askedQuantiles, type QuantileFlags } from '../options/asked-quantiles.ts';
import { forecastCsv } from '../output/forecast-csv.ts';
import { whole } from '../output/numbers.ts';
import { plotLines } from '../output/plot-lines.ts';
import { stderrTerminal, type Terminal, writeResult } from '../output/terminal.ts';
import { checkWritable, writeFileSafely } from '../output-files.ts';
import { UsageError } from '../usage-error.ts';
import { type ModelFlags, type ModelInUse, useModel } from './use-model.ts';

export interface ForecastFlags extends ModelFlags, QuantileFlags {
  readonly horizon?: number;
  readonly futureData?: string;
  readonly output?: string;
  readonly plot?: string;
  readonly series?: string;
  readonly sketch: boolean;
}

/** Forecasts, writes CSV and plot, sketches. */
export async function forecast(flags: ForecastFlags): Promise<void> {
  const terminal = stderrTerminal(flags.quiet === true);
  await checkWritable({ '--output': flags.output, '--plot': flags.plot });
  await useModel(flags, async ({ forecaster, set, read }) => {
    const { horizon } = flags;
    const isRecursive = horizon !== undefined && horizon > forecaster.horizon;
    const asked = askedQuantiles(
      flags,
      isRecursive ? { quantiles: isAsked(flags) ? forecaster.quantiles : [] } : forecaster,
    );
    const future = flags.futureData === undefined ? undefined : await readAhead(flags.futureData, forecaster, read);
    const ahead = await forecaster.predict(set, { ...asked, horizon, future });
    const drawn = drawnSeries(flags.series, set, ahead);
    const csv = (): string => forecastCsv(ahead, set, flags.quantiles === undefined);
    const files = [
      [flags.output, flags.output && csv()],
      [flags.plot, flags.plot && (await drawing(set, ahead, drawn))],
    ] as const;
    for (const [path, content] of files) if (path !== undefined) await writeFileSafely(path, content!);
    if (flags.sketch && terminal.isInteractive) await sketch(terminal, set, ahead, drawn);
    summary(terminal, flags, set, ahead);
    for (const { message } of ahead.notices) terminal.line(`note: ${message}`);
    if (flags.json) writeResult(`${JSON.stringify(asJson(ahead, set), undefined, 2)}\n`);
    else if (flags.output === undefined) writeResult(csv());
  });
}

const isAsked = ({ levels, quantiles }: QuantileFlags): boolean => levels !== undefined || quantiles !== undefined;

/** Reads what is known ahead from a file of its own: it needs no target, and may be a single row. */
function readAhead(path: string, { trainedOn }: Predictor, read: ModelInUse['read']): Promise<SeriesSet> {
  const known = trainedOn?.frequency;
  const frequency = known === undefined || known.unit === 'row' ? {} : { frequency: formatFrequency(known) };
  return read(path, { target: false, historic: [], static: [], ...frequency });
}

/** The one that is asked for, or the first that was forecast. @throws UsageError when that one was not */
function drawnSeries(asked: string | undefined, set: SeriesSet, ahead: Forecast): number {
  const id = asked === undefined ? ahead.series[0]!.id : set.ids[seriesIndex(set, asked)]!;
  if (ahead.series.every((one) => one.id !== id))
    throw new UsageError(`--series ${id}: it could not be forecast. ${ahead.notices[0]?.message ?? ''}.`);
  return set.ids.indexOf(id);
}

const forecastOf = ({ series }: Forecast, set: SeriesSet, index: number): SeriesForecast =>
  series.find(({ id }) => id === set.ids[index])!;

async function drawing(set: SeriesSet, ahead: Forecast, series: number): Promise<string> {
  const { svgPlot } = await import('../output/svg-plot.ts');
  const { history, ahead: next, bands } = plotLines(set, series, forecastOf(ahead, set, series));
  const name = set.ids.length > 1 ? `${set.target} of ${set.ids[series]}` : set.target;
  return svgPlot(`${name}: the next ${ahead.horizon} time steps`, [history, next], bands);
}

async function sketch(terminal: Terminal, set: SeriesSet, ahead: Forecast, series: number): Promise<void> {
  const { terminalPlot } = await import('../output/terminal-plot.ts');
  const { history, ahead: next } = plotLines(set, series, forecastOf(ahead, set, series));
  terminal.drawing(terminalPlot(history, next, terminal.width));
}

function summary(terminal: Terminal, flags: ForecastFlags, set: SeriesSet, ahead: Forecast): void {
  terminal.line(
    `forecast of ${set.target}: ${whole(ahead.series.length)} series, ${ahead.horizon} time steps, ${spanOf(set, ahead)}`,
  );
  if (flags.output !== undefined) terminal.line(`written to ${flags.output}`);
  if (flags.plot !== undefined) terminal.line(`drawn in ${flags.plot}`);
}

/** From the first to the last time of all series. */
function spanOf(set: SeriesSet, { series }: Forecast): string {
  const firsts = series.map(({ times }) => times[0]!);
  const [from, to] = [least(firsts), -least(series.map(({ times }) => -times.at(-1)!))];
  const differ = firsts.some((first) => first !== from) ? ' (the ends of the series differ)' : '';
  return `${writeTime(set, from)} to ${writeTime(set, to)}${differ}`;
}

const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b));

function asJson(ahead: Forecast, set: SeriesSet): unknown {
  return {
    target: set.target,
    horizon: ahead.horizon,
    notices: ahead.notices,
    quantiles: ahead.quantiles,
    series: ahead.series.map(({ id, times, values, quantiles, intervals }) => ({
      id,
      times: times.map((time) => writeTime(set, time)),
      values: Array.from(values),
      quantiles: quantiles.map((column) => Array.from(column)),
      intervals: intervals.map(({ level, lower, upper }) => ({
        level,
        lower: Array.from(lower),
        upper: Array.from(upper),
      })),
    })),
  };
}
