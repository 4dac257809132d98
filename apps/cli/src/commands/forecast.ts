import { DataError, formatFrequency, type SeriesSet, seriesIndex, writeTime } from '@nt/data';
import type { Forecast, Predictor, SeriesForecast } from '@nt/forecast';
import { askedForecast } from '../options/asked-forecast.ts';
import type { ForecastFlags } from '../options/forecast-flags.ts';
import { forecastCsv } from '../output/forecast-csv.ts';
import { forecastWriter } from '../output/forecast-file.ts';
import { forecastJson } from '../output/forecast-json.ts';
import { whole } from '../output/numbers.ts';
import { checkPictures } from '../output/pictures.ts';
import { stderrTerminal, type Terminal, writeResult } from '../output/terminal.ts';
import { checkWritable, writeFileSafely } from '../output-files.ts';
import { tellScript } from '../report/tell-script.ts';
import { sourceInShards } from '../shards/source-in-shards.ts';
import { UsageError } from '../usage-error.ts';
import { type ModelInUse, useModel } from './use-model.ts';

/**
 * Forecasts, writes file and plot, sketches; many series shard by shard.
 *
 * @param isResumed goes on with a forecast in shards
 * @returns the exit code
 */
export async function forecast(flags: ForecastFlags, isResumed = false): Promise<number> {
  const inShards = await sourceInShards(flags, isResumed);
  if (inShards !== null) {
    await checkWritable({ '--output': flags.output });
    const { forecastInShards } = await import('../shards/forecast-in-shards.ts');
    try {
      return await forecastInShards(flags, inShards.source);
    } catch (error) {
      if (inShards.isAsked || !isUndivided(error)) throw error;
      stderrTerminal(flags.quiet === true).line(`note: read as a whole, not in shards: ${error.message}`);
    }
  }
  await forecastWhole(flags);
  return 0;
}

/** Whether files are no shards as they are; as a whole they can be read nevertheless. */
const isUndivided = (error: unknown): error is DataError =>
  DataError.isInstance(error) && ['data/unsorted', 'data/missing-column', 'data/bad-option'].includes(error.code);

async function forecastWhole(flags: ForecastFlags): Promise<void> {
  const terminal = stderrTerminal(flags.quiet === true);
  await checkWritable({ '--output': flags.output });
  await checkPictures(flags);
  const write = flags.output === undefined ? undefined : forecastWriter(flags.output);
  await useModel(flags, async (model) => {
    const { forecaster, set, read } = model;
    const { horizon, output, plot, report } = flags;
    const { horizon: _, ...asked } = askedForecast(flags, forecaster);
    if (flags.futureData !== undefined && set.future === null)
      throw new UsageError(
        `--future-data ${flags.futureData}: the model knows no covariates ahead (nt train --future names them), so nothing is read from it; leave it out.`,
      );
    const future = flags.futureData === undefined ? undefined : await readAhead(flags.futureData, forecaster, read);
    const ahead = await forecaster.predict(set, { ...asked, horizon, future }).catch((error: unknown) => {
      throw future === undefined ? withFutureData(error) : error;
    });
    const drawn = drawnSeries(flags.series, set, ahead);
    const table = [ahead, set, flags.quantiles === undefined] as const;
    if (output !== undefined) await writeFileSafely(output, await write!(...table));
    if (plot !== undefined || terminal.isInteractive) {
      const { drawForecast } = await import('../report/draw-forecast.ts');
      await drawForecast(flags, set, ahead, drawn, terminal);
    }
    summary(terminal, flags, set, ahead);
    if (report !== undefined) {
      const { writeForecastReport } = await import('../report/forecast-report.ts');
      const known = future && { source: flags.futureData!, reading: future.reading };
      const options = horizon === undefined ? asked : { ...asked, horizon };
      const about = { folder: flags.model, path: report, options, future: known, series: drawn.id };
      await writeForecastReport(model, ahead, about, terminal);
    }
    await tellScript(() => ({
      ...{ kind: 'forecast', model: flags.model, data: { source: model.source, reading: set.reading } },
      options: horizon === undefined ? asked : { ...asked, horizon },
      ...(future && { future: { source: flags.futureData!, reading: future.reading } }),
    }));
    for (const { message } of ahead.notices) terminal.line(`note: ${message}`);
    if (flags.json) writeResult(forecastJson(ahead, set));
    else if (output === undefined) writeResult(forecastCsv(...table));
  });
}

/** Covariates known ahead may stand in a file of their own, which only the command knows. */
function withFutureData(error: unknown): unknown {
  if (!DataError.isInstance(error) || error.code !== 'data/future-covariates') return error;
  const message = `${error.message.replace(/\.$/, '')}, or name a file that has them: --future-data <file>.`;
  return new DataError(error.code, message, error.details);
}

/** Reads what is known ahead from a file of its own: it needs no target, and may be a single row. */
function readAhead(path: string, { trainedOn }: Predictor, read: ModelInUse['read']): Promise<SeriesSet> {
  const known = trainedOn?.frequency;
  const frequency = known === undefined || known.unit === 'row' ? {} : { frequency: formatFrequency(known) };
  return read(path, { target: false, historic: [], static: [], ...frequency });
}

/** The one that is asked for, or the first that was forecast. @throws UsageError when that one was not */
function drawnSeries(asked: string | undefined, set: SeriesSet, ahead: Forecast): SeriesForecast {
  if (asked === undefined) return ahead.series[0]!;
  const id = set.ids[seriesIndex(set, asked)]!;
  const found = ahead.series.find((one) => one.id === id);
  if (found) return found;
  throw new UsageError(`--series ${id}: it could not be forecast. ${ahead.notices[0]?.message ?? ''}.`);
}

function summary(terminal: Terminal, flags: ForecastFlags, set: SeriesSet, ahead: Forecast): void {
  terminal.line(
    `forecast of ${set.target}: ${whole(ahead.series.length)} series, ${ahead.horizon} time steps, ${spanOf(set, ahead)}`,
  );
  if (flags.output !== undefined) terminal.line(`written to ${flags.output}`);
}

/** From the first to the last time of all series. */
function spanOf(set: SeriesSet, { series }: Forecast): string {
  const firsts = series.map(({ times }) => times[0]!);
  const [from, to] = [least(firsts), -least(series.map(({ times }) => -times.at(-1)!))];
  const differ = firsts.some((first) => first !== from) ? ' (the ends of the series differ)' : '';
  return `${writeTime(set, from)} to ${writeTime(set, to)}${differ}`;
}

const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b));
