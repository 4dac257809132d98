import { anyBatch, type OnnxGraph, type TraceTensor, traceTensor } from '@nt/layers/onnx';

/** Constants that every series has its own of. */
export interface SeriesTables {
  /** The row of each window's series: `[batch, …shape]`, or `[1, …shape]` in the file of one series. */
  rows(values: readonly (readonly number[])[], shape: readonly number[]): TraceTensor;
  /** The same where several series share a row: `which[series]` is the row of each. Only in a file of all series. */
  chosen(which: readonly number[], values: readonly ArrayLike<number>[], shape: readonly number[]): TraceTensor;
}

/** @param only the one series that the file is for, or null for an input `series` */
export function seriesTables(graph: OnnxGraph, only: number | null): SeriesTables {
  if (only === null) graph.input('series', ['batch'], 'int64');
  const gather = (table: string, index: string, shape: readonly number[]): TraceTensor =>
    traceTensor(graph.node('Gather', [table, index]), [anyBatch, ...shape]);
  const table = (values: readonly ArrayLike<number>[], shape: readonly number[]): string =>
    graph.floats(
      values.flatMap((row) => Array.from(row)),
      [values.length, ...shape],
    );
  return {
    rows: (values, shape) =>
      only === null
        ? gather(table(values, shape), 'series', shape)
        : traceTensor(table([values[only]!], shape), [1, ...shape]),
    chosen: (which, values, shape) =>
      gather(table(values, shape), graph.node('Gather', [graph.wholes(which), 'series']), shape),
  };
}
