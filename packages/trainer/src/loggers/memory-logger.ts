import type { Logger } from './logger.ts';

/** A logged moment. */
export interface LoggedRow {
  readonly update: number;
  readonly epoch: number;
  readonly scalars: Readonly<Record<string, number>>;
}

/** A logger that keeps its rows. */
export interface MemoryLogger extends Logger {
  readonly rows: readonly LoggedRow[];
  /** The values of one metric, with the updates at which they were logged. */
  valuesOf(metric: string): readonly { readonly update: number; readonly value: number }[];
}

/** Keeps everything in memory, for charts and tests. */
export function memoryLogger(): MemoryLogger {
  let rows: LoggedRow[] = [];
  return {
    get rows() {
      return rows;
    },
    valuesOf: (metric) =>
      rows.flatMap(({ update, scalars }) => (metric in scalars ? [{ update, value: scalars[metric]! }] : [])),
    log(scalars, { update, epoch }) {
      rows.push({ update, epoch, scalars });
    },
    rewind({ update }) {
      rows = rows.filter((row) => row.update <= update);
    },
  };
}
