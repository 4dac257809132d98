import { DataError } from '../data-error.ts';
import { epochTime, epochUnitOf, isRecent } from '../time/epoch-time.ts';
import type { DataRow } from './read-rows.ts';

/** Names of lists without names, by their length: the first cell is a time, as everybody who writes such lists does it. */
const layouts: Readonly<Record<number, readonly string[]>> = {
  2: ['timestamp', 'value'],
  5: ['timestamp', 'open', 'high', 'low', 'close'],
  // ccxt and freqtrade.
  6: ['timestamp', 'open', 'high', 'low', 'close', 'volume'],
  // Kraken.
  8: ['timestamp', 'open', 'high', 'low', 'close', 'vwap', 'volume', 'count'],
  // Binance.
  12: [
    ...['timestamp', 'open', 'high', 'low', 'close', 'volume', 'close_time', 'quote_volume', 'trades'],
    ...['taker_base_volume', 'taker_quote_volume', 'unused'],
  ],
};

/** Orders of as many cells that some exchanges have. */
const otherOrders: readonly (readonly [exchange: string, order: readonly string[]])[] = [
  ['Coinbase', ['timestamp', 'low', 'high', 'open', 'close', 'volume']],
  ['Bitfinex', ['timestamp', 'open', 'close', 'high', 'low', 'volume']],
  ['Gate.io', ['timestamp', 'quote_volume', 'close', 'high', 'low', 'open', 'volume', 'closed']],
];

/**
 * Rows that are lists: with the names in the first of them, or without names as exchanges write price bars, ccxt's
 * `[ms, open, high, low, close, volume]` among them; others are called `column1`, `column2` … as in CSV without a header.
 *
 * @throws DataError `data/ragged-row` for a row of another length, `data/header` for price bars in another order
 */
export function listedRows(file: string, rows: readonly (readonly unknown[])[]): DataRow[] {
  const width = rows[0]!.length;
  const odd = rows.findIndex((row) => !Array.isArray(row) || row.length !== width);
  if (odd >= 0) {
    const found = Array.isArray(rows[odd]) ? `${rows[odd].length} cells` : JSON.stringify(rows[odd])?.slice(0, 40);
    const message = `${file}: row ${odd + 1}: expected a list of ${width} cells as in row 1, found ${found}.`;
    throw new DataError('data/ragged-row', message, { file, row: odd + 1 });
  }
  if (rows.length > 1 && hasNames(rows[0]!)) return named(rows.slice(1), rows[0] as readonly string[]);
  const names = isTime(rows[0]![0]) ? layouts[width] : undefined;
  if (names === undefined)
    return named(
      rows,
      rows[0]!.map((_, at) => `column${at + 1}`),
    );
  if (width >= 5) checkOrder(file, rows, names);
  return named(rows, names);
}

const named = (rows: readonly (readonly unknown[])[], names: readonly string[]): DataRow[] =>
  rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])));

/** Names are texts, all different, and none is a number or a time. */
const hasNames = (row: readonly unknown[]): boolean =>
  row.every((cell) => typeof cell === 'string' && /^[^\d+-]/.test(cell)) && new Set(row).size === row.length;

function isTime(cell: unknown): boolean {
  if (typeof cell === 'string' && /^\d{4}-\d\d/.test(cell)) return true;
  const value = numberIn(cell);
  return value >= 4e8 && isRecent(epochTime(value, epochUnitOf(value)));
}

/**
 * Lists in another order have highs that are none: an order that explains nearly all of them is named, and nothing is
 * guessed. Bars without trades, whose prices are all the same, fit every order.
 */
function checkOrder(file: string, rows: readonly (readonly unknown[])[], names: readonly string[]): void {
  const wrongIn = (order: readonly string[]): number => rows.filter((row) => !isBar(row, order)).length;
  const wrong = wrongIn(names);
  if (wrong === 0) return;
  const width = names.length;
  const other = otherOrders.find(([, order]) => order.length === width && wrongIn(order) * 10 <= wrong);
  // Few of them are bad data, which the report tells.
  if (other === undefined && wrong * 10 < rows.length * 9) return;
  const found =
    other === undefined
      ? 'their order is another one'
      : `they are [${other[1].join(', ')}], as ${other[0]} writes them`;
  const message = `${file}: lists of ${width} cells without names are [${names.join(', ')}], but in ${wrong} of ${rows.length} rows the high would then be below another price; ${found}. Write objects, or ccxt's order.`;
  throw new DataError('data/header', message, { file });
}

/** An empty cell is NaN, which contradicts nothing. */
function isBar(row: readonly unknown[], order: readonly string[]): boolean {
  const part = (name: string): number => numberIn(row[order.indexOf(name)]);
  const [high, low] = [part('high'), part('low')];
  return [part('open'), part('close')].every((price) => !(price > high) && !(price < low)) && !(high < low);
}

/** `Number` makes 0 of null and of empty texts. */
const numberIn = (cell: unknown): number =>
  typeof cell === 'number' || (typeof cell === 'string' && cell.trim() !== '') ? Number(cell) : Number.NaN;
