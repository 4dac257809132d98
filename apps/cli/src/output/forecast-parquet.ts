import { parquetWriteBuffer } from 'hyparquet-writer';
import type { ForecastRows } from './forecast-rows.ts';

/** The forecast as Parquet: `unique_id`, `ds` (milliseconds, UTC; without times the number of the row) and 64-bit floats. */
export function forecastParquet({ ids, times, hasTimes, columns }: ForecastRows): Uint8Array {
  const ds = hasTimes ? times.map((time) => new Date(time)) : [...times];
  const columnData = [
    { name: 'unique_id', data: [...ids], type: 'STRING' as const, nullable: false },
    { name: 'ds', data: ds, type: hasTimes ? ('TIMESTAMP' as const) : ('INT32' as const), nullable: false },
    ...columns.map(({ name, values }) => ({ name, data: values, type: 'DOUBLE' as const, nullable: false })),
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
