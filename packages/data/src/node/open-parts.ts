import { basename } from 'node:path';
import type { TableReading } from '../csv/csv-reading.ts';
import { DataError } from '../data-error.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import type { SeriesSet } from '../series/series-set.ts';
import type { PartSizes, RowSpan, SeriesPart } from '../shards/series-parts.ts';
import { tableFormat } from '../source/table-format.ts';
import { dataFiles } from './data-files.ts';
import { optionsFor, seriesOptionsOf } from './options-for.ts';
import { randomAccess } from './random-access.ts';
import { isAddress, isPiped } from './source-kind.ts';

/** Files that stay open in memory, footers only: those of the part that is read, and of the next. */
const mostOpen = 16;

/** Sorted Parquet files whose series are read part by part. */
export interface PartedFiles {
  /** Divides all series of a path: a file, a folder, a pattern or an address. */
  divide(path: string, sizes?: PartSizes): Promise<SeriesPart[]>;
  /** Reads the series of a part, which may come from another process. */
  read(spans: readonly RowSpan[]): Promise<SeriesSet>;
}

/**
 * Reads many series part by part, so that one part is in memory and not all: `divide` says where parts lie, `read` reads
 * one as `readTable` would. Series must lie one behind the other, each in one file. A part that does not show by itself what all
 * have in common needs it told: `frequency`, `levels`.
 *
 * @throws DataError `data/unknown-format` unless all are Parquet, `data/unsorted`, `data/missing-file`, and what `readTable` throws
 */
export function openParts(reading: TableReading = {}): PartedFiles {
  const opened = new Map<string, Promise<ParquetFile>>();
  const open = (path: string): Promise<ParquetFile> => {
    const there = opened.get(path) ?? openOne(path);
    opened.delete(path);
    opened.set(path, there);
    for (const [oldest] of opened) if (opened.size > mostOpen) opened.delete(oldest);
    return there;
  };
  const optionsOf = (path: string) => seriesOptionsOf(optionsFor(path, 'parquet', {}, reading));
  return {
    async divide(path, sizes) {
      const paths = await parquetFiles(path, reading);
      const files: ParquetFile[] = [];
      for (const one of paths) files.push({ ...(await open(one)), name: one });
      const { seriesParts } = await import('../shards/series-parts.ts');
      return seriesParts(files, optionsOf(path), sizes);
    },
    async read(spans) {
      const files = [];
      for (const span of spans) files.push({ ...span, file: await open(span.file), id: seriesName(span.file) });
      const { readPart } = await import('../shards/read-part.ts');
      return readPart(files, optionsOf(spans[0]!.file));
    },
  };
}

async function openOne(path: string): Promise<ParquetFile> {
  const { openParquet } = await import('../parquet/parquet-file.ts');
  return openParquet(basename(isAddress(path) ? new URL(path).pathname : path), await randomAccess(path));
}

async function parquetFiles(path: string, { sql }: TableReading): Promise<string[]> {
  const paths = isPiped(path) || isAddress(path) ? [path] : await dataFiles(path);
  if (paths.length === 0)
    throw new DataError('data/missing-file', `${path}: no file matches; check the pattern.`, { file: path });
  const other = sql === undefined ? paths.find((one) => isPiped(one) || formatOf(one) !== 'parquet') : path;
  if (other === undefined) return paths;
  const message = `${other}: only Parquet files are read part by part${sql === undefined ? '' : ', and without a query'}; write the series as Parquet, sorted by id and time: COPY (SELECT * FROM '${basename(other)}' ORDER BY id, time) TO 'sorted.parquet' in DuckDB.`;
  throw new DataError('data/unknown-format', message, { file: other });
}

function formatOf(path: string): string | undefined {
  try {
    return tableFormat(isAddress(path) ? new URL(path).pathname : path);
  } catch {
    return undefined;
  }
}

/** `prices/AAPL.parquet` stands for series AAPL, where there is no id column. */
const seriesName = (path: string): string => basename(path).replace(/\.[^.]+$/, '');
