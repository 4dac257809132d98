import type { SeriesSet } from '@nt/data';
import type { Forecast } from '@nt/forecast';
import { csvHeader, csvRows } from '../output/forecast-csv.ts';
import { jsonLines } from '../output/forecast-file.ts';
import { type ForecastRows, forecastRows } from '../output/forecast-rows.ts';
import type { ShardEnding } from './shard-endings.ts';

/** How the forecasts of all shards are written. */
export interface ShardForm {
  readonly ending: ShardEnding;
  readonly asIntervals: boolean;
  /** Whether there is a column of ids: of all series together, not of a shard. */
  readonly withId: boolean;
}

/** The forecast of a shard as text: its part of the file, or for Parquet its columns as JSON. */
export function shardText(forecast: Forecast, set: SeriesSet, form: ShardForm): string {
  const { ending, asIntervals } = form;
  if (ending === '.csv' || ending === '.tsv') return csvRows(forecast, set, csvForm(form));
  if (forecast.series.length === 0) return '';
  const rows = forecastRows(forecast, set, asIntervals);
  if (ending === '.jsonl') return jsonLines(rows);
  const columns = rows.columns.map(({ name, values }) => ({ name, values: Array.from(values) }));
  return JSON.stringify({ ids: rows.ids, times: rows.times, hasTimes: rows.hasTimes, columns });
}

/** What stands before the first shard. */
export function shardHeader(forecast: Forecast, set: SeriesSet, form: ShardForm): string {
  return form.ending === '.csv' || form.ending === '.tsv' ? csvHeader(forecast, set, csvForm(form)) : '';
}

const csvForm = ({ ending, ...form }: ShardForm) => ({ ...form, separator: ending === '.csv' ? ',' : '\t' });

/** The columns of a shard that goes into a Parquet file. What is no number is null in JSON. */
export function rowsOfShard(text: string): ForecastRows {
  const { columns, ...rows } = JSON.parse(text) as ForecastRows & {
    readonly columns: { name: string; values: (number | null)[] }[];
  };
  const numbers = columns.map(({ name, values }) => ({
    name,
    values: Float64Array.from(values, (value) => (value === null ? Number.NaN : value)),
  }));
  return { ...rows, timeTexts: [], columns: numbers };
}
