import { basename } from 'node:path';
import type { CsvOptions } from '../csv/csv-options.ts';
import { checkReading, type TableReading } from '../csv/csv-reading.ts';
import { DataError } from '../data-error.ts';
import type { ParquetFile, RandomAccessFile } from '../parquet/parquet-file.ts';
import type { SeriesSet } from '../series/series-set.ts';
import type { DividedSeries, PartSizes, RowSpan } from '../shards/series-parts.ts';
import { tableFormat } from '../source/table-format.ts';
import { dataFiles } from './data-files.ts';
import { hashSpans } from './hash-spans.ts';
import { optionsFor, seriesOptionsOf } from './options-for.ts';
import { randomAccess } from './random-access.ts';
import { isAddress, isPiped } from './source-kind.ts';

/** Files whose footers stay in memory: those of the part that is read, and of the next. */
const mostOpen = 16;

/** Sorted Parquet files whose series are read part by part. */
export interface PartedFiles {
  /** Rows of all files of a path, as their footers say; null where these are no Parquet files. */
  rows(path: string): Promise<number | null>;
  /** Divides all series of a path: a file, a folder, a pattern or an address. */
  divide(path: string, sizes?: PartSizes): Promise<DividedSeries>;
  /** Reads the series of a part, which may come from another process. */
  read(spans: readonly RowSpan[]): Promise<SeriesSet>;
  /** SHA-256 of all that `read` would read: footers and row groups; of a file on a web server its ETag or date, and size. */
  hash(spans: readonly RowSpan[]): Promise<string>;
}

interface Opened {
  readonly parquet: ParquetFile;
  /** Of a file on a web server. */
  readonly version: string | undefined;
}

/**
 * Reads many series part by part, so that one part is in memory and not all: `divide` says where parts lie, `read` reads
 * one as `readTable` would. The rows of a series must lie together, in one file. A part that does not show by itself what
 * all have in common needs it told: `frequency`, `levels`.
 *
 * @param options how the files are read
 * @param remembered how an earlier file was read: holds where `options` say nothing
 * @throws DataError `data/unknown-format` unless all are Parquet, `data/unsorted`, `data/missing-file`, and what `readTable` throws
 */
export function openParts(options: CsvOptions = {}, remembered: TableReading = {}): PartedFiles {
  checkReading('openParts', remembered);
  checkReading('openParts', options);
  const opened = new Map<string, Promise<Opened>>();
  const open = (path: string): Promise<Opened> => {
    const there = opened.get(path) ?? openOne(path);
    opened.delete(path);
    opened.set(path, there);
    there.catch(() => opened.delete(path));
    for (const [oldest] of opened) if (opened.size > mostOpen) opened.delete(oldest);
    return there;
  };
  const optionsOf = (path: string) => seriesOptionsOf(optionsFor(path, 'parquet', options, remembered));
  const openAll = async (paths: readonly string[]): Promise<ParquetFile[]> => {
    const files: ParquetFile[] = [];
    for (const path of paths) files.push({ ...(await open(path)).parquet, name: path });
    return files;
  };
  return {
    async rows(path) {
      const paths = await filesOf(path);
      if (remembered.sql !== undefined || paths.length === 0 || !paths.every(isParquet)) return null;
      return (await openAll(paths)).reduce((sum, { groupStarts }) => sum + groupStarts.at(-1)!, 0);
    },
    async divide(path, sizes) {
      const paths = await filesOf(path);
      checkParquet(path, paths, remembered);
      const { seriesParts } = await import('../shards/series-parts.ts');
      return seriesParts(await openAll(paths), optionsOf(path), sizes);
    },
    async read(spans) {
      const files = [];
      for (const span of spans)
        files.push({ ...span, file: (await open(span.file)).parquet, id: seriesName(span.file) });
      const { readPart } = await import('../shards/read-part.ts');
      return readPart(files, optionsOf(spans[0]!.file));
    },
    async hash(spans) {
      const files = [];
      for (const span of spans) {
        const { parquet, version } = await open(span.file);
        files.push({ ...span, file: { ...parquet, name: span.file }, version });
      }
      return hashSpans(files);
    },
  };
}

async function openOne(path: string): Promise<Opened> {
  const { openParquet } = await import('../parquet/parquet-file.ts');
  const file: RandomAccessFile & { readonly version?: string } = await randomAccess(path);
  return { parquet: await openParquet(baseName(path), file), version: file.version };
}

const baseName = (path: string): string => basename(isAddress(path) ? new URL(path).pathname : path);

const filesOf = async (path: string): Promise<readonly string[]> =>
  isPiped(path) || isAddress(path) ? [path] : dataFiles(path);

function checkParquet(path: string, paths: readonly string[], { sql }: TableReading): void {
  if (paths.length === 0)
    throw new DataError('data/missing-file', `${path}: no file matches; check the pattern.`, { file: path });
  const other = sql === undefined ? paths.find((one) => !isParquet(one)) : path;
  if (other === undefined) return;
  const message = `${other}: only Parquet files are read part by part, and without a query. Write the series as Parquet, sorted by id and time, with DuckDB: COPY (SELECT * FROM '${baseName(other)}' ORDER BY id, time) TO 'sorted.parquet'.`;
  throw new DataError('data/unknown-format', message, { file: other });
}

function isParquet(path: string): boolean {
  try {
    return !isPiped(path) && tableFormat(isAddress(path) ? new URL(path).pathname : path) === 'parquet';
  } catch {
    return false;
  }
}

/** `prices/AAPL.parquet` stands for series AAPL, where there is no id column. */
const seriesName = (path: string): string => baseName(path).replace(/\.[^.]+$/, '');
