import {
  Float64,
  Int32,
  makeData,
  makeVector,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import type { ForecastRows } from './forecast-rows.ts';

/** The forecast as an Arrow (Feather) file: `unique_id`, `ds` (milliseconds, UTC; without times the number of the row). */
export function forecastArrow({ ids, times, hasTimes, columns }: ForecastRows): Uint8Array {
  const numbers = columns.map(({ name, values }): [string, Vector] => [
    name,
    makeVector(makeData({ type: new Float64(), data: values })),
  ]);
  const table: Record<string, Vector> = {
    unique_id: vectorFromArray([...ids], new Utf8()),
    ds: hasTimes
      ? vectorFromArray([...times], new TimestampMillisecond('UTC'))
      : vectorFromArray([...times], new Int32()),
    ...Object.fromEntries(numbers),
  };
  return tableToIPC(new Table(table), 'file');
}
