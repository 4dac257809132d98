import type { Evaluation } from '@nt/forecast';
import colours from 'picocolors';
import { short } from './numbers.ts';

const headers = ['method', 'MAE', 'RMSE', 'sMAPE %', 'MASE'] as const;

/** The comparison as lines of a table, the lowest MAE in bold. */
export function evaluationTable({ rows }: Evaluation): string[] {
  const best = Math.min(...rows.map((row) => row.mae));
  const cells = rows.map((row) => [row.method, short(row.mae), short(row.rmse), short(row.smape), short(row.mase)]);
  const widths = headers.map((header, i) => Math.max(header.length, ...cells.map((row) => row[i]!.length)));
  const align = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('   ');
  return [
    colours.dim(align(headers)),
    ...cells.map((row, i) => (rows[i]!.mae === best ? colours.bold(align(row)) : align(row))),
  ];
}

/** One sentence that says how the model compares. */
export function evaluationVerdict({ rows }: Evaluation): string {
  const [model, ...naive] = rows;
  const rival = naive.reduce((a, b) => (b.mae < a.mae ? b : a));
  const ratio = model!.mae / rival.mae;
  if (rival.mae === 0) {
    return model!.mae === 0
      ? `${model!.method} and ${rival.method} both make no error here.`
      : `${model!.method} does not beat ${rival.method}, which makes no error here: the data repeat themselves. Use the naive forecast.`;
  }
  if (!Number.isFinite(ratio)) return `${model!.method} cannot be compared: its error is not a number.`;
  if (ratio < 1)
    return `${model!.method} has ${(100 * (1 - ratio)).toFixed(1)} % less error (MAE) than ${rival.method}, the better of the naive forecasts.`;
  const worse = ratio < 3 ? `${(100 * (ratio - 1)).toFixed(1)} % more error` : `${short(ratio)} times its error`;
  return `${model!.method} does not beat ${rival.method} (${worse}). Use the naive forecast, or train longer, on more data, with another --input-size.`;
}
