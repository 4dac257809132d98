import {
  csvOptionKeys,
  readCsv,
  readJson,
  readTsf,
  type SeriesSet,
  type TableFormat,
  type TableReading,
  tableFormat,
} from '@nt/data';
import type { ReadOptions } from './file-messages.ts';

/**
 * Reads a file by the format that its name says, as `readTable` does for paths. Parquet and Arrow are loaded when they
 * are met.
 *
 * @param remembered how another file was read: holds where `options` say nothing, if the format has a use for it
 * @throws DataError `data/unknown-format`, and what the reader of the format throws
 */
export async function readFile(
  file: Blob,
  name: string,
  options: ReadOptions,
  remembered: TableReading = {},
): Promise<SeriesSet> {
  const format = tableFormat(name);
  const named = { ...usefulFor(format, remembered), ...options, name };
  if (format === 'csv') return readCsv(file, named);
  if (format === 'tsv') return readCsv(file, { delimiter: '\t', ...named });
  if (format === 'json') return readJson(file, named);
  if (format === 'tsf') return readTsf(file, named);
  if (format === 'parquet') return (await import('@nt/data/parquet')).readParquet(file, named);
  return (await import('@nt/data/arrow')).readArrow(file, named);
}

/** A `.tsf` file names its columns itself, and what was told of the lines of a CSV file means nothing for others. */
function usefulFor(format: TableFormat, { sql: _, ...reading }: TableReading): Omit<TableReading, 'sql'> {
  if (format === 'tsf') return {};
  if (format === 'csv' || format === 'tsv') return reading;
  return Object.fromEntries(Object.entries(reading).filter(([key]) => !csvOptionKeys.includes(key)));
}

/** Lines of a text file, from `first` to `last`, which count from 1; reads no further than it must. */
export async function readLines(file: Blob, first: number, last: number): Promise<readonly string[]> {
  const reader = file.stream().getReader();
  const decoder = new TextDecoder();
  const lines: string[] = [];
  let [rest, line] = ['', 1];
  try {
    for (let done = false; !done && line <= last; ) {
      const next = await reader.read();
      done = next.done;
      const parts = (rest + decoder.decode(next.value, { stream: !done })).split(/\r\n|\n/);
      rest = done ? '' : parts.pop()!;
      for (const text of parts) {
        if (line >= first && line <= last) lines.push(text.slice(0, longestLine));
        line += 1;
      }
    }
  } finally {
    await reader.cancel();
  }
  return lines;
}

/** Letters of a line that are shown; a file without line ends is one line. */
const longestLine = 500;
