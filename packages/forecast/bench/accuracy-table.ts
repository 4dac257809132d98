import type { AccuracyRow } from './accuracy-rows.ts';
import { references } from './references.ts';

/** The table of `docs/benchmarks.md`: a line for each set, mean and spread over its seeds. */
export function accuracyTable(rows: readonly AccuracyRow[]): readonly string[] {
  const sets = [...new Set(rows.map(({ set }) => set))];
  return [
    '| set | blend (mean ± sd of seeds) | better naive rule | ridge of the pool | linear, one look-back | neuralforecast 3.3 | best published found | intervals hold | seconds | updates |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | ---: | ---: |',
    ...sets.map((set) =>
      lineOf(
        set,
        rows.filter((row) => row.set === set),
      ),
    ),
  ];
}

function lineOf(set: string, rows: readonly AccuracyRow[]): string {
  const { neuralforecast = '–', published = '–', linear = '–' } = references[set] ?? {};
  const naive = ['naive', 'seasonal naive']
    .map((method) => errorsOf(rows, method))
    .filter((values) => values.length > 0)
    .sort((a, b) => a[0]![0]! - b[0]![0]!)[0];
  const updates = rows.flatMap(({ madeUpdates }) => madeUpdates ?? []);
  const cells = [
    `${set} (${rows.map(({ seed }) => seed).join(', ')})`,
    meanAndSpread(errorsOf(rows, 'blend')),
    naive ? meanAndSpread(naive.slice(0, 1)) : '–',
    meanAndSpread(errorsOf(rows, 'ridge')),
    linear,
    neuralforecast,
    published,
    coveredOf(rows),
    mean(rows.map(({ seconds }) => seconds)).toFixed(0),
    updates.length > 0 ? mean(updates).toFixed(0) : '–',
  ];
  return `| ${cells.join(' | ')} |`;
}

const errorsOf = (rows: readonly AccuracyRow[], method: string): readonly (readonly number[])[] =>
  rows.flatMap(({ errors }) => errors.filter((one) => one.method === method).map(({ values }) => values));

/** `0.3508/0.3812 ± 0.0010/0.0008` */
export function meanAndSpread(all: readonly (readonly number[])[]): string {
  if (all.length === 0) return '–';
  const columns = all[0]!.map((_, i) => all.map((values) => values[i]!));
  const text = (numbers: readonly number[]): string =>
    numbers.map((value) => value.toFixed(value >= 5 ? 2 : 4)).join('/');
  const means = text(columns.map(mean));
  return all.length === 1 ? means : `${means} ± ${text(columns.map(deviation))}`;
}

function coveredOf(rows: readonly AccuracyRow[]): string {
  const levels = Object.keys(rows[0]?.covered ?? {});
  return levels
    .map((level) => `${level} %: ${mean(rows.map(({ covered }) => 100 * covered[level]!)).toFixed(1)}`)
    .join(', ');
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(values.length - 1, 1));
}
