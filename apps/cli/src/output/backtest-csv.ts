import { seriesValues, timeAt, writeTime } from '@nt/data';
import type { ForecastTable } from '@nt/forecast';
import { quantileColumns } from './quantile-columns.ts';

/**
 * Every forecast beside what came, in the long format of neuralforecast's `cross_validation`: `unique_id,ds,cutoff,y`, then
 * a column for each method, and for each of its quantiles. `cutoff` is the last time that was known.
 */
export function backtestCsv({ set, horizon, places, actual, quantiles, methods }: ForecastTable): string {
  const suffixes = quantileColumns({ quantiles }, true);
  const columns = methods.flatMap(({ method, point, quantiles: told }) => [
    { name: method, values: point },
    ...(told.length === 0 ? [] : suffixes).map(({ suffix, quantile }) => ({
      name: `${method}${suffix}`,
      values: told[quantile]!,
    })),
  ]);
  const lines = [['unique_id', 'ds', 'cutoff', 'y', ...columns.map(({ name }) => quoted(name))].join(',')];
  const dated = (series: number, step: number): string => quoted(writeTime(set, timeAt(set, series, step)));
  places.forEach(({ series, origin }, window) => {
    const last = seriesValues(set, series).length - 1;
    const id = quoted(set.ids[series]!);
    const cutoff = dated(series, origin - 1);
    for (let step = 0; step < horizon && origin + step <= last; step++) {
      const at = window * horizon + step;
      const numbers = [actual[at]!, ...columns.map(({ values }) => values[at]!)];
      lines.push([id, dated(series, origin + step), cutoff, ...numbers.map(written)].join(','));
    }
  });
  return `${lines.join('\n')}\n`;
}

/** What was not observed is an empty cell. */
const written = (value: number): string => (Number.isNaN(value) ? '' : String(value));
const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
