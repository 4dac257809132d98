import type { DuckDBConnection } from '@duckdb/node-api';

/** The part of a DuckDB vector that draining uses: public properties that its documentation does not promise. */
interface TypedVector {
  readonly items: ArrayLike<number> & { subarray(start: number, end: number): ArrayLike<number> };
  readonly itemCount: number;
  getItem(index: number): unknown;
}

/** Where the cells of a column go: typed columns are copied vector by vector, others cell by cell. */
export type ColumnSink = Float64Array | Int32Array | unknown[];

/** Runs a query and copies its columns, each into its sink. Vectors of at most 2,048 rows; memory stays bounded. */
export async function drainQuery(
  connection: DuckDBConnection,
  sql: string,
  sinks: readonly ColumnSink[],
): Promise<number> {
  const result = await connection.stream(sql);
  let row = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const [index, sink] of sinks.entries()) {
      const vector = chunk.getColumnVector(index) as unknown as TypedVector;
      // Empty cells of typed vectors hold garbage: the query has put NaN or −1 in their place.
      if (Array.isArray(sink)) for (let k = 0; k < chunk.rowCount; k++) sink[row + k] = vector.getItem(k);
      else sink.set(vector.items.subarray(0, chunk.rowCount), row);
    }
    row += chunk.rowCount;
  }
  return row;
}
