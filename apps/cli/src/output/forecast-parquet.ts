import {
  ByteWriter,
  type ColumnSource,
  ParquetWriter,
  parquetWriteBuffer,
  schemaFromColumnData,
} from 'hyparquet-writer';
import type { ForecastRows } from './forecast-rows.ts';

/** The forecast as Parquet: `unique_id`, `ds` (milliseconds, UTC; without times the number of the row) and 64-bit floats. */
export const forecastParquet = (rows: ForecastRows): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({ columnData: columnsOf(rows) }));

/** The same piece by piece: each piece is a row group, and its bytes can be written at once. */
export interface ParquetPieces {
  add(rows: ForecastRows): Uint8Array;
  /** What ends the file. */
  end(): Uint8Array;
}

/** @param first rows that say which columns there are */
export function parquetPieces(first: ForecastRows): ParquetPieces {
  const buffer = new ByteWriter();
  const schema = schemaFromColumnData({ columnData: columnsOf(first) });
  const writer = new ParquetWriter({ writer: buffer, schema });
  // Offsets in the footer count from the begin of the file (`offset`); what was taken is no longer in memory (`index`).
  const taken = (): Uint8Array => {
    const bytes = buffer.getBytes().slice();
    buffer.index = 0;
    return bytes;
  };
  return {
    add(rows) {
      const columnData = columnsOf(rows).map(({ name, data }) => ({ name, data }));
      writer.write({ columnData, rowGroupSize: rows.ids.length });
      return taken();
    },
    end() {
      writer.finish();
      return taken();
    },
  };
}

function columnsOf({ ids, times, hasTimes, columns }: ForecastRows): ColumnSource[] {
  const ds = hasTimes ? times.map((time) => new Date(time)) : [...times];
  return [
    { name: 'unique_id', data: [...ids], type: 'STRING' as const, nullable: false },
    { name: 'ds', data: ds, type: hasTimes ? ('TIMESTAMP' as const) : ('INT32' as const), nullable: false },
    ...columns.map(({ name, values }) => ({ name, data: values, type: 'DOUBLE' as const, nullable: false })),
  ];
}
