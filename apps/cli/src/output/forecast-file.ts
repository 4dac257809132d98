import { extname } from 'node:path';
import type { SeriesSet } from '@nt/data';
import type { Forecast } from '@nt/forecast';
import { UsageError } from '../usage-error.ts';
import { forecastCsv } from './forecast-csv.ts';
import { type ForecastEnding, forecastEndings } from './forecast-endings.ts';
import { forecastJson } from './forecast-json.ts';
import { type ForecastRows, forecastRows } from './forecast-rows.ts';

type Write = (forecast: Forecast, set: SeriesSet, asIntervals: boolean) => string | Promise<Uint8Array>;
const ofRows =
  (write: (rows: ForecastRows) => string | Promise<Uint8Array>): Write =>
  (...given) =>
    write(forecastRows(...given));

/** What a forecast can be written as, by the ending of the file. Writers that bring a library are loaded when asked for. */
const writers: Readonly<Record<ForecastEnding, Write>> = {
  '.csv': forecastCsv,
  '.tsv': (forecast, set, asIntervals) => forecastCsv(forecast, set, asIntervals, '\t'),
  '.json': forecastJson,
  '.jsonl': ofRows(jsonLines),
  '.parquet': ofRows(async (rows) => (await import('./forecast-parquet.ts')).forecastParquet(rows)),
  '.arrow': ofRows(async (rows) => (await import('./forecast-arrow.ts')).forecastArrow(rows)),
  '.feather': ofRows(async (rows) => (await import('./forecast-arrow.ts')).forecastArrow(rows)),
};

/** How a file of this name is written; one without ending is CSV. @throws UsageError for an ending that is none of ours */
export function forecastWriter(path: string): Write {
  const ending = extname(path).toLowerCase();
  const write = ending === '' || ending === '.txt' ? forecastCsv : writers[ending as ForecastEnding];
  if (write) return write;
  throw new UsageError(
    `--output ${path}: a forecast is written as ${forecastEndings.join(', ')}; '${ending}' is none.`,
  );
}

/** A line of JSON for each time step. */
export function jsonLines({ ids, timeTexts, columns }: ForecastRows): string {
  const lines = ids.map((id, row) => {
    const numbers = columns.map(({ name, values }) => [name, values[row]!] as const);
    return JSON.stringify({ unique_id: id, ds: timeTexts[row]!, ...Object.fromEntries(numbers) });
  });
  return `${lines.join('\n')}\n`;
}
