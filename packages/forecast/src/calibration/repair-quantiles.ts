import { badArgument, checkInteger } from '../check-arguments.ts';

const methods = ['sort', 'isotonic'] as const;

/** Quantiles that do not cross, and how many did. */
export interface RepairedQuantiles {
  /** `[values, levels]`, ascending in each row */
  readonly values: Float64Array;
  /** neighbouring levels that were in the wrong order */
  readonly crossings: number;
}

/**
 * Puts crossing quantiles in order. `sort` rearranges a row, which never raises the quantile loss; `isotonic` replaces
 * quantiles that cross by their mean (the nearest ascending row in squares), so that they touch. Rows with a NaN stay.
 *
 * @param quantiles `[values, levels]`, levels ascending
 * @param levels how many there are
 * @param method default `sort`
 * Source: Chernozhukov, Fernández-Val & Galichon 2010 (rearrangement); Ayer et al. 1955 (pooling of adjacent violators).
 */
export function repairQuantiles(
  quantiles: ArrayLike<number>,
  levels: number,
  method: (typeof methods)[number] = 'sort',
): RepairedQuantiles {
  checkInteger('levels', levels, 1);
  if (!methods.includes(method)) {
    throw badArgument(`repairQuantiles: method: expected one of ${methods.join(', ')}, got ${method}.`);
  }
  if (quantiles.length % levels !== 0) {
    throw badArgument(`repairQuantiles: expected rows of ${levels} levels, got ${quantiles.length} quantiles.`);
  }
  const values = Float64Array.from(quantiles);
  let crossings = 0;
  for (let from = 0; from < values.length; from += levels) {
    const row = values.subarray(from, from + levels);
    let crossed = 0;
    for (let k = 1; k < levels; k++) if (row[k]! < row[k - 1]!) crossed += 1;
    if (crossed === 0 || row.some(Number.isNaN)) continue;
    crossings += crossed;
    if (method === 'sort') row.sort();
    else poolViolators(row);
  }
  return { values, crossings };
}

function poolViolators(row: Float64Array): void {
  const pools: { mean: number; size: number }[] = [];
  for (const value of row) {
    let pool = { mean: value, size: 1 };
    while (pools.length > 0 && pools.at(-1)!.mean >= pool.mean) {
      const before = pools.pop()!;
      const size = before.size + pool.size;
      pool = { mean: (before.mean * before.size + pool.mean * pool.size) / size, size };
    }
    pools.push(pool);
  }
  row.set(pools.flatMap(({ mean, size }) => Array.from({ length: size }, () => mean)));
}
