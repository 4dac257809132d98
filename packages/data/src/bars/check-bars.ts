import type { BarFinding } from '../report/data-report.ts';
import type { SourceTable } from '../source/source-table.ts';
import { type BarColumns, type BarPart, barParts } from './bar-columns.ts';

/**
 * Prices of one bar that differ by less are equal: sellers adjust them for dividends and round each for itself, which
 * leaves a high below its close in the seventh digit.
 */
const sameWithin = 1e-6;

type Rule = (open: number, high: number, low: number, close: number, volume: number) => boolean;

const below = (price: number, other: number): boolean => price < other && other - price > sameWithin * Math.abs(other);

/** An empty part is NaN, which is below nothing and above nothing. */
const rules: Readonly<Record<string, Rule>> = {
  'high below open, low or close': (open, high, low, close) =>
    below(high, open) || below(high, low) || below(high, close),
  'low above open or close': (open, _high, low, close) => below(open, low) || below(close, low),
  'prices of 0 or less': (open, high, low, close) => open <= 0 || high <= 0 || low <= 0 || close <= 0,
  'volume below 0': (_open, _high, _low, _close, volume) => volume < 0,
};

/** What in the price bars of a table cannot be; undefined where it has none. Nothing is changed. */
export function checkBars(table: SourceTable, codes: Int32Array | undefined): readonly BarFinding[] | undefined {
  const { bars } = table;
  if (bars === undefined) return undefined;
  return Object.entries(rules).flatMap(([rule, isWrong]): BarFinding[] => {
    const rows = rowsThat(isWrong, bars, table.rows);
    if (rows.length === 0) return [];
    const series = codes === undefined ? 1 : new Set(rows.map((row) => codes[row])).size;
    const first = placeOf(table, rows[0]!, bars);
    return [{ rule, count: rows.length, series, first, action: 'kept as they are' }];
  });
}

/** An object for each bar would cost more than the reading of it: there may be many millions. */
function rowsThat(isWrong: Rule, bars: BarColumns, count: number): number[] {
  const column = (part: BarPart): Float64Array => bars[part] ?? new Float64Array(count).fill(Number.NaN);
  const [open, high, low, close, volume] = barParts.map(column) as Columns;
  const found: number[] = [];
  for (let row = 0; row < count; row++)
    if (isWrong(open[row]!, high[row]!, low[row]!, close[row]!, volume[row]!)) found.push(row);
  return found;
}

type Columns = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

function placeOf(table: SourceTable, row: number, bars: BarColumns): string {
  const line = table.lineOf(row);
  const file = table.fileOf === undefined ? '' : `${table.fileOf(row)} `;
  const shown = barParts
    .filter((part) => !Number.isNaN(bars[part]?.[row] ?? Number.NaN))
    .map((part) => `${part} ${bars[part]![row]}`);
  return `${file}${line === undefined ? `row ${row + 1}` : `line ${line}`} (${shown.join(', ')})`;
}
