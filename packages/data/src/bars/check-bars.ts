import type { BarFinding } from '../report/data-report.ts';
import type { SourceTable } from '../source/source-table.ts';
import { type BarColumns, type BarPart, barParts } from './bar-columns.ts';

/**
 * Prices of one bar that differ by less are equal: sellers adjust them for dividends and round each for itself, which
 * leaves a high below its close in the seventh digit.
 */
const sameWithin = 1e-6;

type Rule = (bar: Readonly<Record<BarPart, number>>) => boolean;

const below = (price: number, other: number): boolean => price < other && other - price > sameWithin * Math.abs(other);

/** An empty part is NaN, which is below nothing and above nothing. */
const rules: Readonly<Record<string, Rule>> = {
  'high below open, low or close': ({ open, high, low, close }) =>
    below(high, open) || below(high, low) || below(high, close),
  'low above open or close': ({ open, low, close }) => below(open, low) || below(close, low),
  'prices of 0 or less': ({ open, high, low, close }) => open <= 0 || high <= 0 || low <= 0 || close <= 0,
  'volume below 0': ({ volume }) => volume < 0,
};

/** What in the price bars of a table cannot be; undefined where it has none. Nothing is changed. */
export function checkBars(table: SourceTable, codes: Int32Array | undefined): readonly BarFinding[] | undefined {
  const { bars } = table;
  if (bars === undefined) return undefined;
  const found = new Map<string, { count: number; readonly first: string; readonly series: Set<number> }>();
  for (let row = 0; row < table.rows; row++) {
    const bar = barAt(bars, row);
    for (const rule in rules) {
      if (!rules[rule]!(bar)) continue;
      const before = found.get(rule) ?? { count: 0, first: placeOf(table, row, bar), series: new Set() };
      before.count++;
      found.set(rule, before);
      before.series.add(codes?.[row] ?? 0);
    }
  }
  return [...found].map(([rule, { count, first, series }]) => ({
    rule,
    count,
    series: series.size,
    first,
    action: 'kept as they are',
  }));
}

function barAt(bars: BarColumns, row: number): Readonly<Record<BarPart, number>> {
  const part = (name: BarPart): number => bars[name]?.[row] ?? Number.NaN;
  return { open: part('open'), high: part('high'), low: part('low'), close: part('close'), volume: part('volume') };
}

function placeOf(table: SourceTable, row: number, bar: Readonly<Record<BarPart, number>>): string {
  const line = table.lineOf(row);
  const file = table.fileOf === undefined ? '' : `${table.fileOf(row)} `;
  const shown = barParts.filter((part) => !Number.isNaN(bar[part])).map((part) => `${part} ${bar[part]}`);
  return `${file}${line === undefined ? `row ${row + 1}` : `line ${line}`} (${shown.join(', ')})`;
}
