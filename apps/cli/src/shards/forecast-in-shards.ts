import { resolve } from 'node:path';
import type { SeriesSet } from '@nt/data';
import { type DividedSeries, isFilePath, openParts } from '@nt/data/node';
import { ForecastError } from '@nt/forecast';
import { abortOnSignals } from '@nt/trainer/node';
import { type OpenModel, openModel } from '../commands/use-model.ts';
import { canGoOn, type JobPool } from '../jobs/job-pool.ts';
import { askedForecast } from '../options/asked-forecast.ts';
import type { ForecastFlags } from '../options/forecast-flags.ts';
import { jobsGiven } from '../options/jobs-flags.ts';
import { readerFlagsOf } from '../options/reader-flags.ts';
import { whole } from '../output/numbers.ts';
import { stderrTerminal, type Terminal, tellResume } from '../output/terminal.ts';
import { removeFolder } from '../output-files.ts';
import { tellScript } from '../report/tell-script.ts';
import { whileHolding } from '../while-holding.ts';
import { mergeShards } from './merge-shards.ts';
import { runShards } from './run-shards.ts';
import { shardEnding } from './shard-endings.ts';
import { beginForecast, type ShardFile, shardFolder } from './shard-folder.ts';
import { shardName } from './shard-job.ts';
import { shardPool } from './shard-pool.ts';
import { shardHeader } from './shard-text.ts';
import { isTooFew, isUnobserved, type ShardPlan, type ShardSummary, withFrequency } from './shard-work.ts';

/** Numbers of a shard's forecast: what a queue carries in one piece, and a process writes at once. */
const mostNumbers = 400_000;

/** The first series, as all are read, and its forecast: what is wrong with all shards is found before any is begun. */
interface Head {
  readonly divided: DividedSeries;
  readonly plan: ShardPlan;
  readonly header: string;
  readonly set: SeriesSet;
  readonly horizon: number;
}

/**
 * Forecasts many series shard by shard: here, in processes of their own, or by the workers of a queue. Finished shards are
 * kept beside the output until it is whole, so that an interrupted forecast is gone on with.
 *
 * @param source a file, folder, pattern or address of sorted Parquet
 * @returns the exit code
 */
export async function forecastInShards(flags: ForecastFlags, source: string): Promise<number> {
  const terminal = stderrTerminal(flags.quiet === true);
  const output = resolve(flags.output!);
  const folder = shardFolder(output);
  return openModel(flags, async (model) => {
    const head = await readHead(flags, model, source);
    const { parts, rows, series } = head.divided;
    terminal.line(`${whole(series)} series, ${whole(rows)} rows, in ${whole(parts.length)} shards`);
    return whileHolding(folder, terminal, () =>
      forecastThrough(flags, source, { model, head, output, folder, terminal }),
    );
  });
}

interface Opened {
  readonly model: OpenModel;
  readonly head: Head;
  readonly output: string;
  readonly folder: string;
  readonly terminal: Terminal;
}

async function forecastThrough(
  flags: ForecastFlags,
  source: string,
  { model, head, output, folder, terminal }: Opened,
): Promise<number> {
  const { parts } = head.divided;
  const watch = abortOnSignals();
  const file: ShardFile = { format: 'nt-forecast', version: 1, flags: remembered(flags, source), plan: head.plan };
  await beginForecast(folder, file);
  let pool: JobPool<number, ShardSummary> | undefined;
  const found: ShardSummary[] = [];
  const ids: string[] = [];
  const start = performance.now();
  try {
    pool = await shardPool({ flags, model, plan: head.plan, parts, folder, signal: watch.signal, terminal, ids });
    let done = 0;
    await runShards(parts.length, pool, (shard, summary) => {
      found[shard] = summary;
      done += parts[shard]!.series;
      const speed = whole(Math.round(done / ((performance.now() - start) / 1000)));
      terminal.line(`${shardName(shard)} of ${parts.length} done: ${whole(done)} series, ${speed} a second`);
    });
    await mergeShards(output, folder, ids, { header: head.header, form: head.plan.form });
  } catch (error) {
    if (watch.signal.aborted) {
      tellResume(terminal, 'Stopped; finished shards are kept. Go on with:', folder);
      return 130;
    }
    if (canGoOn(error)) tellResume(terminal, 'Finished shards are kept. Go on with:', folder);
    throw error;
  } finally {
    await pool?.end();
    watch.dispose();
  }
  summarize(flags, head, found, terminal);
  await removeFolder(folder);
  const { horizon: _, ...options } = head.plan.ask;
  await tellScript(() => ({
    ...{ kind: 'forecast', model: flags.model, data: { source, reading: head.set.reading } },
    options: flags.horizon === undefined ? options : { ...options, horizon: flags.horizon },
  }));
  return 0;
}

/** Reads and forecasts the first series. @throws what is wrong with model, data, or both */
async function readHead(flags: ForecastFlags, { forecaster, reading }: OpenModel, source: string): Promise<Head> {
  const told = readerFlagsOf(flags);
  const shared = withFrequency({ ...reading, ...told }, forecaster);
  const ask = askedForecast(flags, forecaster);
  const horizon = flags.horizon ?? forecaster.horizon;
  const numbers = horizon * (1 + (ask.quantiles?.length ?? 2 * (ask.levels?.length ?? 0)));
  const mostSeries = Math.max(1, Math.floor(mostNumbers / numbers));
  const files = openParts(told, reading);
  const divided = await files.divide(isFilePath(source) ? resolve(source) : source, {
    ...(flags.shards === undefined ? { mostSeries } : { parts: flags.shards }),
  });
  const { spans } = divided.head;
  const set = await files.read(spans).catch((error: unknown) => {
    if (!isTooFew(error)) throw error;
    return openParts({}, shared).read(spans);
  });
  const form = {
    ending: shardEnding(flags.output!)!,
    asIntervals: flags.quantiles === undefined,
    withId: divided.series > 1,
  };
  const ahead = await forecaster.predict(set, ask).catch((error: unknown) => {
    if (!isUnobserved(error)) throw error;
    return { horizon, quantiles: ask.quantiles ?? [], series: [], notices: [] };
  });
  return { divided, plan: { reading: shared, ask, form }, header: shardHeader(ahead, set, form), set, horizon };
}

/** What `nt resume` calls again; the password of a queue is not written down. */
function remembered(flags: ForecastFlags, source: string): ForecastFlags {
  const { queue: _, jobs: __, ...rest } = flags;
  return {
    ...rest,
    ...jobsGiven(flags),
    model: resolve(flags.model),
    data: isFilePath(source) ? resolve(source) : source,
    output: resolve(flags.output!),
  };
}

function summarize(
  flags: ForecastFlags,
  { set, divided, horizon }: Head,
  found: readonly ShardSummary[],
  terminal: Terminal,
): void {
  const with_ = found.filter(({ series }) => series > 0);
  const problems = found.flatMap(({ problem }) => problem ?? []);
  if (with_.length === 0) throw new ForecastError('forecast/too-short', problems[0]!, {});
  const series = with_.reduce((sum, one) => sum + one.series, 0);
  const from = with_.map((one) => one.from!).reduce((a, b) => (b.time < a.time ? b : a));
  const to = with_.map((one) => one.to!).reduce((a, b) => (b.time > a.time ? b : a));
  const differ = with_.some((one) => one.endsDiffer || one.from!.time !== from.time);
  const ends = differ ? ' (the ends of the series differ)' : '';
  terminal.line(
    `forecast of ${set.target}: ${whole(series)} of ${whole(divided.series)} series, ${horizon} time steps, ${from.text} to ${to.text}${ends}`,
  );
  terminal.line(`written to ${flags.output}`);
  for (const [text, shards] of toldOnce(found))
    terminal.line(`note: ${text}${shards > 1 ? ` (and so in ${shards - 1} other shards)` : ''}`);
  for (const text of problems.slice(0, 1)) terminal.line(`note: in ${problems.length} shards: ${text}`);
}

/** One notice of each kind, and in how many shards there is one. */
function toldOnce(found: readonly ShardSummary[]): readonly (readonly [string, number])[] {
  const byCode = new Map<string, { readonly text: string; shards: number }>();
  for (const { notices } of found) {
    for (const { code, message } of notices) {
      const known = byCode.get(code);
      if (known) known.shards++;
      else byCode.set(code, { text: message, shards: 1 });
    }
  }
  return [...byCode.values()].map(({ text, shards }) => [text, shards] as const);
}
