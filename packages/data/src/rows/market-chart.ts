import { remedy } from '../remedy.ts';
import type { SeriesOptions } from '../series/series-options.ts';
import type { DataRow } from './read-rows.ts';

/** How CoinGecko calls the lists of a market chart, and what one value of each is called here. */
const columns: readonly (readonly [list: string, column: string])[] = [
  ['prices', 'price'],
  ['market_caps', 'market_cap'],
  ['total_volumes', 'volume'],
];

/** The column of a market chart that is forecast when nobody says otherwise. */
const target = 'price';

/** Rows of a market chart, and how they are read. */
export interface MarketChart {
  readonly rows: readonly DataRow[];
  readonly options: SeriesOptions;
  readonly notices: readonly string[];
}

/**
 * CoinGecko's `{ prices: [[ms, 1.5], …], market_caps, total_volumes }`, of which the price is the target unless it is told
 * otherwise; undefined for other objects.
 */
export function marketChart(
  document: Readonly<Record<string, unknown>>,
  options: SeriesOptions,
): MarketChart | undefined {
  const rows = chartRows(document);
  if (rows === undefined) return undefined;
  const others = [options.id, options.historic, options.future, options.static].flat();
  if (options.target !== undefined || others.includes(target)) return { rows, options, notices: [] };
  const notices = [`a market chart: the target is '${target}', unless you pass ${remedy('target')}`];
  return { rows, options: { ...options, target }, notices };
}

function chartRows(document: Readonly<Record<string, unknown>>): DataRow[] | undefined {
  const lists = columns.map(([list]) => document[list]);
  const isChart = lists.every((list) => Array.isArray(list) && list.length > 0 && list.every(isPair));
  if (!isChart || Object.keys(document).length !== columns.length) return undefined;
  const [prices, ...others] = lists as (readonly (readonly [unknown, unknown])[])[];
  const isOneTime = others.every(
    (list) => list.length === prices!.length && list.every(([time], row) => time === prices![row]![0]),
  );
  if (!isOneTime) return undefined;
  return prices!.map(([time, price], row) => ({
    timestamp: time,
    price,
    ...Object.fromEntries(others.map((list, at) => [columns[at + 1]![1], list[row]![1]])),
  }));
}

const isPair = (pair: unknown): boolean => Array.isArray(pair) && pair.length === 2;
