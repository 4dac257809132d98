import { badOption, checkKeys, checkWhole } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import { lookOf } from '../parquet/load-column.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { remedy } from '../remedy.ts';
import { resolveRoles } from '../roles/resolve-roles.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import { indexShards, type ShardIndex } from './shard-index.ts';

/** Rows `[firstRow, endRow)` of a file. */
export interface RowSpan {
  /** As it is opened: a path or an address. */
  readonly file: string;
  readonly firstRow: number;
  readonly endRow: number;
}

/** Some series that lie one behind the other, and where their rows are. */
export interface SeriesPart {
  readonly series: number;
  readonly rows: number;
  readonly spans: readonly RowSpan[];
}

/** All series of some files. */
export interface DividedSeries {
  readonly parts: readonly SeriesPart[];
  readonly series: number;
  readonly rows: number;
  /** The first series alone: to look how the files are read, before all are. */
  readonly head: SeriesPart;
}

/** How series are divided. */
export interface PartSizes {
  /** This many parts of as many series each. Default: as many as `mostRows` and `mostSeries` ask for. */
  readonly parts?: number | undefined;
  /** Rows of a part; default 500,000, which take some 50 MB while they are read. */
  readonly mostRows?: number | undefined;
  /** Series of a part; default any number. */
  readonly mostSeries?: number | undefined;
}

/** Parts are of so many series, or a multiple, where their rows allow it: batches are full, and those of the whole. */
const unit = 512;

/**
 * Divides the series of sorted Parquet files into parts that can be read one by one. Only ids are read, or, where there is
 * no id column and each file is a series, nothing.
 *
 * @param files in their order; `name` is how a part names its file
 * @throws DataError `data/unsorted` naming file and row, `data/bad-option`
 */
export async function seriesParts(
  files: readonly ParquetFile[],
  options: SeriesOptions,
  sizes: PartSizes = {},
): Promise<DividedSeries> {
  checkKeys('seriesParts', sizes, ['parts', 'mostRows', 'mostSeries']);
  for (const name of ['parts', 'mostRows', 'mostSeries'] as const)
    if (sizes[name] !== undefined) checkWhole('seriesParts', name, sizes[name], 1);
  const index = await indexOf(files, options);
  const count = index.rows.length;
  if (count === 0)
    throw new DataError('data/header-only', `${files[0]!.name}: there are columns but no rows.`, {
      file: files[0]!.name,
    });
  if (sizes.parts !== undefined && sizes.parts > count)
    throw badOption('seriesParts', 'parts', `at most ${count}, the number of series`, sizes.parts);
  const bounds = sizes.parts === undefined ? boundsBySize(index.rows, sizes) : evenBounds(count, sizes.parts);
  const parts = bounds.slice(1).map((end, part) => partOf(files, index, bounds[part]!, end));
  const rows = index.rows.reduce((sum, own) => sum + own, 0);
  return { parts, series: count, rows, head: partOf(files, index, 0, 1) };
}

type RowIndex = Pick<ShardIndex, 'files' | 'firstRows' | 'rows'>;

async function indexOf(files: readonly ParquetFile[], options: SeriesOptions): Promise<RowIndex> {
  const [first] = files;
  const glimpses = first!.elements.map((element) => ({ name: element.name, look: lookOf(element) }));
  const roles = resolveRoles(first!.name, glimpses, options);
  if (roles.targets.length > 1 || (options.layout ?? 'long') !== 'long')
    throw badOption(
      'seriesParts',
      'target',
      'one column of the target, and a row for each time of a series',
      roles.targets,
    );
  if (roles.id !== null) return indexShards(files, roles.id, null);
  if (files.length === 1)
    throw new DataError(
      'data/missing-column',
      `${first!.name}: one file of several series needs a column of series ids; name it: ${remedy('id')}.`,
      { file: first!.name },
    );
  return {
    files: Int32Array.from(files, (_, file) => file),
    firstRows: new Float64Array(files.length),
    rows: Float64Array.from(files, ({ groupStarts }) => groupStarts.at(-1)!),
  };
}

const evenBounds = (count: number, parts: number): number[] =>
  Array.from({ length: parts + 1 }, (_, part) => Math.round((part * count) / parts));

function boundsBySize(rows: Float64Array, { mostRows = 500_000, mostSeries = Infinity }: PartSizes): number[] {
  const bounds = [0];
  while (bounds.at(-1)! < rows.length) {
    const first = bounds.at(-1)!;
    let end = first;
    for (let sum = 0; end < rows.length && end - first < mostSeries; end++) {
      sum += rows[end]!;
      if (sum > mostRows && end > first) break;
    }
    const isLast = end === rows.length;
    bounds.push(isLast || end - first < unit ? end : first + unit * Math.floor((end - first) / unit));
  }
  return bounds;
}

function partOf(files: readonly ParquetFile[], index: RowIndex, first: number, end: number): SeriesPart {
  const spans: { file: string; firstRow: number; endRow: number }[] = [];
  let rows = 0;
  for (let series = first; series < end; series++) {
    const file = files[index.files[series]!]!.name;
    const firstRow = index.firstRows[series]!;
    const endRow = firstRow + index.rows[series]!;
    rows += index.rows[series]!;
    const last = spans.at(-1);
    if (last?.file === file && last.endRow === firstRow) last.endRow = endRow;
    else spans.push({ file, firstRow, endRow });
  }
  return { series: end - first, rows, spans };
}
