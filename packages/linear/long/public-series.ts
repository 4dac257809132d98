import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addCalendar, type SeriesSet, seriesFromArrays, splitByTime, type TimeSplit } from '@nt/data';

/** A data set with the split of its protocol. */
export interface PublicSeries {
  readonly set: SeriesSet;
  readonly horizon: number;
  readonly split: TimeSplit;
}

/** `NT_SHARED_DATA`: the folder of public series, which are not part of the repository. */
export const publicSeriesFolder: string | undefined = process.env['NT_SHARED_DATA'] || undefined;

const rowsOf = (folder: string, name: string): string[][] =>
  readFileSync(join(folder, name), 'latin1')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

const column = (rows: readonly string[][], index: number): number[] => rows.map((row) => Number(row[index]));

/** ETTh1, all seven columns: rows 0 … 8,640, 11,520 and 14,400. */
export function etth1(folder: string): PublicSeries {
  const rows = rowsOf(folder, 'ETTh1.csv').slice(0, 14_400);
  const ids = ['HUFL', 'HULL', 'MUFL', 'MULL', 'LUFL', 'LULL', 'OT'];
  const series = ids.map((id, i) => ({ id, start: '2016-07-01T00:00:00Z', values: column(rows, i + 1) }));
  const set = seriesFromArrays(series, { frequency: '1h' });
  return { set, horizon: 96, split: splitByTime(set, { train: 8640, validation: 2880, test: 2880 }) };
}

/** US births, daily, 70 / 10 / 20. */
export function usBirths(folder: string): PublicSeries {
  const line = readFileSync(join(folder, 'us_births_dataset.tsf'), 'latin1')
    .split(/\r?\n/)
    .find((text) => text.startsWith('T1:'))!;
  const values = line.split(':').at(-1)!.split(',').map(Number);
  const set = seriesFromArrays([{ id: 'births', start: '1969-01-01T00:00:00Z', values }], { frequency: '1d' });
  return { set, horizon: 28, split: splitByTime(set, { validation: 0.1, test: 0.2 }) };
}

/** Nord Pool, hourly price with the forecasts of load and wind, hour and weekday, 70 / 10 / 20. */
export function nordPool(folder: string): PublicSeries {
  const rows = rowsOf(folder, 'nordpool_np.csv');
  const plain = seriesFromArrays(
    [
      {
        id: 'price',
        start: '2013-01-01T00:00:00Z',
        values: column(rows, 1),
        future: { load: column(rows, 2), wind: column(rows, 3) },
      },
    ],
    { frequency: '1h' },
  );
  const set = addCalendar(plain, { features: ['hourOfDay', 'dayOfWeek'] });
  return { set, horizon: 24, split: splitByTime(set, { validation: 0.1, test: 0.2 }) };
}
