import type { Evaluation, EvaluationRow } from '@nt/forecast';
import colours from 'picocolors';
import { short } from './numbers.ts';

const usual = { mae: 'MAE', rmse: 'RMSE', smape: 'sMAPE %', mase: 'MASE' } as const;

/** The comparison as lines of a table, the lowest MAE in bold, and the intervals of those methods that have some. */
export function evaluationTable({ rows }: Evaluation): string[] {
  const more = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))].filter((name) => !(name in usual));
  const best = Math.min(...rows.map((row) => row.mae));
  const cells = rows.map((row) => [
    row.method,
    ...Object.keys(usual).map((name) => short(row[name as keyof typeof usual])),
    ...more.map((name) => short((row.metrics as Readonly<Record<string, number>>)[name] ?? Number.NaN)),
  ]);
  const [header, ...lines] = aligned([['method', ...Object.values(usual), ...more], ...cells]);
  return [
    colours.dim(header!),
    ...lines.map((line, i) => (rows[i]!.mae === best ? colours.bold(line) : line)),
    ...intervalTable(rows),
  ];
}

/** What intervals promise beside what they held. */
function intervalTable(rows: readonly EvaluationRow[]): string[] {
  const cells = rows.flatMap(({ method, intervals }) =>
    intervals.map(({ level, coverage, width, winkler }) => [
      method,
      `${level} %`,
      `${(100 * coverage).toFixed(1)} %`,
      short(width),
      short(winkler),
    ]),
  );
  if (cells.length === 0) return [];
  const [header, ...lines] = aligned([['intervals', 'nominal', 'inside', 'mean width', 'Winkler'], ...cells]);
  return ['', colours.dim(header!), ...lines];
}

/** Cells as lines below a title. */
export function titled(title: string, cells: readonly (readonly string[])[]): string[] {
  const [header, ...lines] = aligned(cells);
  return ['', title, colours.dim(header!), ...lines];
}

/** Cells as lines: the first column to the left, numbers to the right. */
export function aligned(cells: readonly (readonly string[])[]): string[] {
  const widths = cells[0]!.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)));
  return cells.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('   '),
  );
}
