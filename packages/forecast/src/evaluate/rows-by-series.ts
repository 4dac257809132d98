import type { ForecastTable } from './forecast-table.ts';

/** The rows of each series that is in a table, in the order of time. */
export function rowsBySeries({ places }: ForecastTable): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  places.forEach(({ series }, row) => {
    if (rows.has(series)) rows.get(series)!.push(row);
    else rows.set(series, [row]);
  });
  for (const list of rows.values()) list.sort((a, b) => places[a]!.origin - places[b]!.origin);
  return rows;
}
