/** A run of columns: one channel of a series, seen at neighbouring steps from a window's origin. */
export interface LagBlock {
  /** Which channel. */
  readonly channel: number;
  /** First step, counted from the origin: −1 is the last step that was observed. */
  readonly from: number;
  readonly count: number;
  /** Its first column. */
  readonly column: number;
}

/** What the columns of a window are. The target comes first: its look-back, then its horizon; the last column is 1. */
export interface LagLayout {
  readonly lookback: number;
  readonly horizon: number;
  readonly blocks: readonly LagBlock[];
  /** Number of columns. */
  readonly size: number;
}

/** What decides how many columns there are. */
export interface LagCounts {
  readonly lookback: number;
  readonly horizon: number;
  /** Steps of covariates before the origin. */
  readonly covariateLookback: number;
  readonly historic: number;
  readonly future: number;
  readonly static: number;
}

/** Channels: target, historic, future, static covariates, and 1. */
export function lagLayout(counts: LagCounts): LagLayout {
  const { lookback, horizon, covariateLookback: back, historic, future, static: fixed } = counts;
  const spans = [
    [-lookback, lookback + horizon],
    ...Array.from({ length: historic }, () => [-back, back]),
    ...Array.from({ length: future }, () => [-back, back + horizon]),
    ...Array.from({ length: fixed + 1 }, () => [0, 1]),
  ] as const;
  let column = 0;
  const blocks = spans.map(([from, count], channel) => {
    const block = { channel, from: from!, count: count!, column };
    column += count!;
    return block;
  });
  return { lookback, horizon, blocks, size: column };
}

/** Columns that a forecast may look at, given a look-back of the target: all but its horizon and what lies further back. */
export function inputColumns({ lookback, horizon, size }: LagLayout, used: number = lookback): Int32Array {
  const others = size - lookback - horizon;
  return Int32Array.from({ length: used + others }, (_, i) =>
    i < used ? lookback - used + i : lookback + horizon + i - used,
  );
}
