import { badOption, checkKeys } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import { lookOf } from '../parquet/load-column.ts';
import { openParquet, type ParquetFile, type RandomAccessFile } from '../parquet/parquet-file.ts';
import { loadRange } from '../parquet/read-parquet.ts';
import { remedy } from '../remedy.ts';
import { resolveRoles } from '../roles/resolve-roles.ts';
import { buildSeries } from '../series/build-series.ts';
import { checkSeriesOptions, type SeriesOptions } from '../series/series-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import { formatFrequency } from '../time/frequency.ts';
import { fitsPlace } from '../time/month-day.ts';
import type { TimeRule } from '../time/time-rule.ts';
import { indexShards, type ShardIndex } from './shard-index.ts';

/** Roles of the columns of shards; policies are those of prepared data: anything missing or irregular is an error. */
export type ShardsOptions = Pick<
  SeriesOptions,
  'id' | 'historic' | 'future' | 'static' | 'frequency' | 'levels' | 'name'
> & { readonly time?: string | false; readonly target?: string };

/** One Parquet file of a sorted set of them. */
export interface Shard {
  readonly name: string;
  readonly file: RandomAccessFile;
}

/** Series that stay on disk. */
export interface ShardedSeries {
  /** Ids, lengths, times and names, but no values: for `splitByTime` and `windows`. */
  readonly outline: SeriesSet;
  /** Reads the series `[first, end)`; they may be in several row groups, but in one file. */
  load(first: number, end: number): Promise<SeriesSet>;
}

/**
 * Opens Parquet files that are sorted by id and time, together larger than memory. Ids and times are read once for the
 * index; values are read when a batch needs them.
 *
 * @throws DataError `data/unsorted` with the row, `data/missing-column`, `data/corrupt-file`
 */
export async function openShards(shards: readonly Shard[], options: ShardsOptions = {}): Promise<ShardedSeries> {
  checkKeys('openShards', options, [
    'time',
    'id',
    'target',
    'historic',
    'future',
    'static',
    'frequency',
    'levels',
    'name',
  ]);
  checkSeriesOptions('openShards', options, []);
  if (Array.isArray(options.time)) throw badOption('openShards', 'time', 'one column', options.time);
  if (Array.isArray(options.target)) throw badOption('openShards', 'target', 'one column', options.target);
  if (!Array.isArray(shards)) throw badOption('openShards', 'shards', 'a list of files with their names', shards);
  if (shards.length === 0) throw badOption('openShards', 'shards', 'at least one file', 0);
  const files: ParquetFile[] = [];
  for (const shard of shards) files.push(await openParquet(shard.name, shard.file));
  const roles = resolveRoles(
    files[0]!.name,
    files[0]!.elements.map((element) => ({ name: element.name, look: lookOf(element) })),
    options,
  );
  if (roles.id === null)
    throw new DataError(
      'data/missing-column',
      `${files[0]!.name}: shards need a column of series ids; name it: ${remedy('id')}.`,
      { file: files[0]!.name },
    );
  const index = await indexShards(files, roles.id, roles.time);
  if (index.ids.length === 0)
    throw new DataError('data/header-only', `${files[0]!.name}: the shards have no rows.`, { file: files[0]!.name });
  const load = async (first: number, end: number): Promise<SeriesSet> => {
    const file = index.files[first]!;
    if (index.files[end - 1] !== file)
      return joinLoads(await load(first, fileEnd(index, first)), await load(fileEnd(index, first), end));
    const table = await loadRange(
      files[file]!,
      roles,
      options,
      index.firstRows[first]!,
      index.firstRows[end - 1]! + index.rows[end - 1]!,
    );
    return buildSeries(table, roles, { ...options, gaps: 'error', unsorted: 'error' });
  };
  const sample = await load(0, 1);
  return { outline: outlineOf(index, sample), load };
}

function fileEnd(index: ShardIndex, first: number): number {
  let end = first;
  while (end < index.ids.length && index.files[end] === index.files[first]) end++;
  return end;
}

function outlineOf(index: ShardIndex, sample: SeriesSet): SeriesSet {
  const count = index.ids.length;
  const offsets = new Float64Array(count + 1);
  for (let series = 0; series < count; series++) offsets[series + 1] = offsets[series]! + index.rows[series]!;
  const empty = new Float32Array();
  const total = offsets[count]!;
  return {
    ...sample,
    ids: index.ids,
    offsets,
    lengths: index.rows,
    values: empty,
    available: null,
    starts: index.starts,
    rules: outlineRules(index.starts, sample.rules[0]!),
    times: null,
    contextOffsets: offsets.slice(0, count),
    historic: sample.historic && { ...sample.historic, values: empty },
    future: sample.future && { ...sample.future, values: empty },
    static: sample.static && { ...sample.static, values: empty },
    report: {
      ...sample.report,
      format: 'shards',
      rowsRead: total,
      series: count,
      timeSteps: total,
      frequency: formatFrequency(sample.frequency),
    },
  };
}

/** The rule of the sample for every series that begins where it says; the others keep to the day that they begin on. */
function outlineRules(starts: Float64Array, rule: TimeRule): TimeRule[] {
  const { day, ...own } = rule;
  return Array.from(starts, (_, series) =>
    day === undefined || fitsPlace(starts, series, series + 1, day) ? rule : own,
  );
}

/** Two loads side by side; only the parts that gathering looks at. */
function joinLoads(one: SeriesSet, two: SeriesSet): SeriesSet {
  const rows = one.values.length;
  const join = (left: Float64Array | Float32Array, right: Float64Array | Float32Array, add = 0) => {
    const joined = new Float64Array(left.length + right.length);
    joined.set(left);
    for (let k = 0; k < right.length; k++) joined[left.length + k] = right[k]! + add;
    return joined;
  };
  const covariates = <T extends SeriesSet['historic']>(left: T, right: T): T =>
    left && right ? { ...left, values: join(left.values, right.values) } : left;
  return {
    ...one,
    ids: [...one.ids, ...two.ids],
    offsets: join(one.offsets.subarray(0, -1), two.offsets, rows),
    lengths: join(one.lengths, two.lengths),
    values: join(one.values, two.values),
    starts: join(one.starts, two.starts),
    rules: [...one.rules, ...two.rules],
    contextOffsets: join(one.contextOffsets, two.contextOffsets, rows),
    historic: covariates(one.historic, two.historic),
    future: covariates(one.future, two.future),
    static: covariates(one.static, two.static),
  };
}
