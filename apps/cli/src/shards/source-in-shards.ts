import { resolve } from 'node:path';
import { DataError } from '@nt/data';
import { isFilePath, isPiped, openParts } from '@nt/data/node';
import { checkShareable } from '../jobs/sharing.ts';
import type { ForecastFlags } from '../options/forecast-flags.ts';
import { trainedOn } from '../run-file.ts';
import { UsageError } from '../usage-error.ts';
import { shardEnding, shardEndings } from './shard-endings.ts';

/** Rows from which on a forecast is made in shards by itself. */
const many = 2_000_000;

/** Flags of what is made of the whole forecast. */
const ofTheWhole = {
  plot: '--plot',
  report: '--report',
  series: '--series',
  futureData: '--future-data',
  sql: '--sql',
  json: '--json',
} as const;

/**
 * Whether a forecast is made shard by shard: where it was asked for, and of large Parquet files where it can be.
 *
 * @returns the data, and whether it was asked for; null when all series are read at once
 * @throws UsageError where it was asked for and cannot be
 */
export async function sourceInShards(
  flags: ForecastFlags,
  isResumed: boolean,
): Promise<{ readonly source: string; readonly isAsked: boolean } | null> {
  const asked = askedBy(flags) ?? (isResumed ? 'nt resume' : null);
  if (asked === null && reasonAgainst(flags) !== null) return null;
  const source = flags.data ?? (await trainedOn(flags.model)).source;
  if (asked === null) return source !== undefined && (await isLarge(source)) ? { source, isAsked: false } : null;
  const reason = reasonAgainst(flags);
  if (reason !== null) throw new UsageError(`${asked}: ${reason}`);
  if (source === undefined || isPiped(source))
    throw new UsageError(`${asked}: shards are read from files; name a Parquet file, or several, with -d.`);
  checkShareable(flags, source);
  return { source, isAsked: true };
}

/** The flag that asks for shards. */
function askedBy({ shards, queue, jobs = 1, attempts }: ForecastFlags): string | null {
  if (shards !== undefined) return `--shards ${shards}`;
  if (queue !== undefined) return '--queue';
  if (attempts !== undefined) return `--attempts ${attempts}`;
  return jobs > 1 ? `--jobs ${jobs}` : null;
}

function reasonAgainst(flags: ForecastFlags): string | null {
  const whole = Object.entries(ofTheWhole).find(
    ([name]) => ![undefined, false].includes(flags[name as keyof typeof ofTheWhole] as undefined),
  );
  if (whole) return `forecasts in shards go into a file only; leave ${whole[1]} out.`;
  if (flags.output === undefined) return 'forecasts in shards go into a file; name it with -o.';
  if (shardEnding(flags.output) !== undefined) return null;
  return `forecasts in shards are written as ${shardEndings.join(', ')}; choose one for -o ${flags.output}.`;
}

/** What cannot be looked at is told when it is read. */
async function isLarge(source: string): Promise<boolean> {
  try {
    const rows = await openParts().rows(isFilePath(source) ? resolve(source) : source);
    return rows !== null && rows > many;
  } catch (error) {
    if (DataError.isInstance(error)) return false;
    throw error;
  }
}
