import { isPlain } from './flat-rows.ts';
import type { DataRow } from './read-rows.ts';

type Plain = Readonly<Record<string, unknown>>;

/** `{ results: [{ series: [{ name, tags, columns: ['time', 'mean'], values: [[…]] }] }] }`, a series for each of several. */
export function influxRows({ results }: Plain): DataRow[] | undefined {
  if (!Array.isArray(results)) return undefined;
  const found = results.filter(isPlain).flatMap(({ series }) => (Array.isArray(series) ? series.filter(isPlain) : []));
  const isSeries = ({ columns, values }: Plain) => Array.isArray(columns) && Array.isArray(values);
  if (found.length === 0 || !found.every(isSeries)) return undefined;
  return found.flatMap(({ name, tags, columns, values }) => {
    const labels = isPlain(tags) ? Object.entries(tags).map(([tag, value]) => `${tag}=${value}`) : [];
    const series = found.length > 1 ? { series: [name, ...labels].join(' ') } : {};
    return (values as readonly (readonly unknown[])[]).map((cells) => ({
      ...series,
      ...Object.fromEntries((columns as readonly unknown[]).map((column, at) => [String(column), cells[at]])),
    }));
  });
}
