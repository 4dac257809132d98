import { DataError } from '../data-error.ts';
import { shorten } from '../printable.ts';
import { isPlain } from './flat-rows.ts';
import type { DataRow } from './read-rows.ts';

type Plain = Readonly<Record<string, unknown>>;
/** A part that Yahoo does not have is null, not a list. */
type Lists = Readonly<Record<string, readonly unknown[] | null>>;

/**
 * The rows in what services of prices answer, which is one object: Yahoo's chart, the charts of yahoo-finance2, Kraken's
 * result, the lists of Polygon and Alpaca, the series of Alpha Vantage. Undefined for any other object. Rows may be lists
 * without names.
 *
 * @throws DataError `data/corrupt-file` for the error that a service answers in place of rows
 */
export function exchangeRows(file: string, document: Plain): readonly unknown[] | undefined {
  const refusal = refusalIn(document);
  if (refusal !== undefined) throw refused(file, refusal);
  return (
    yahooChart(document) ??
    ownList(document, 'quotes') ??
    ownList(document, 'results') ??
    ownList(document, 'bars') ??
    ownList(document, 'candles') ??
    krakenResult(document) ??
    alphaVantage(document)
  );
}

/** The error for what a service answers in place of rows. */
export function refused(file: string, answer: string): DataError {
  const message = `${file}: no data, but what a service answers in their place: "${shorten(answer)}"; ask it again, otherwise.`;
  return new DataError('data/corrupt-file', message, { file });
}

const textIn = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (Array.isArray(value)) return textIn(value[0]);
  return isPlain(value) ? (textIn(value['description']) ?? textIn(value['message'])) : undefined;
};

/** Where services say why there are no rows, the plainer word first: Alpha Vantage, Polygon, Binance and OKX, Bybit, Tiingo. */
const reasonKeys = ['Error Message', 'Note', 'Information', 'message', 'msg', 'retMsg', 'detail'];

/** Why there are no rows, when there are none: a service that was asked too often, or for what it does not have. */
function refusalIn(document: Plain): string | undefined {
  for (const wrapper of [document['chart'], document['finance']]) if (isPlain(wrapper)) return textIn(wrapper['error']);
  const { error = document['quandl_error'] } = document;
  const isEmpty = (value: unknown): boolean =>
    typeof value !== 'object' || value === null || value === error || Object.keys(value).length === 0;
  if (!Object.values(document).every(isEmpty)) return undefined;
  return [error, ...reasonKeys.map((key) => document[key])].map(textIn).find((text) => text !== undefined);
}

/** `{ chart: { result: [{ meta, timestamp, indicators: { quote: [{ open, … }], adjclose } }] } }` */
function yahooChart({ chart }: Plain): DataRow[] | undefined {
  if (!isPlain(chart) || !Array.isArray(chart['result'])) return undefined;
  const results = (chart['result'] as readonly unknown[]).filter(isPlain);
  const rows = results.flatMap((result) => {
    const { meta, timestamp, indicators } = result;
    if (!Array.isArray(timestamp) || !isPlain(indicators)) return [];
    const lists = Object.assign(
      {},
      ...Object.values(indicators).flatMap((list) => (Array.isArray(list) ? list.slice(0, 1) : [])),
    ) as Lists;
    const symbol = results.length > 1 && isPlain(meta) ? { symbol: meta['symbol'] } : {};
    return timestamp.map((time, at) => ({
      timestamp: time,
      ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, Array.isArray(list) ? list[at] : null])),
      ...symbol,
    }));
  });
  return rows.length > 0 ? rows : undefined;
}

/** The list under a key, in an object whose other values are not rows. */
function ownList(document: Plain, key: string): readonly unknown[] | undefined {
  const list = document[key];
  const others = Object.entries(document).filter(([name, value]) => name !== key && Array.isArray(value));
  const isRows = Array.isArray(list) && list.length > 0 && list.every((row) => typeof row === 'object' && row !== null);
  return isRows &&
    others.every(([, value]) => (value as unknown[]).length === 0 || key === 'quotes') &&
    Object.keys(document).length > 1
    ? (list as readonly unknown[])
    : undefined;
}

/** `{ error: [], result: { XXBTZUSD: [[…], …], last: 1 } }` */
function krakenResult({ error, result }: Plain): readonly unknown[] | undefined {
  if (!Array.isArray(error) || !isPlain(result)) return undefined;
  const lists = Object.values(result).filter(Array.isArray);
  return lists.length === 1 ? (lists[0] as readonly unknown[]) : undefined;
}

/** `{ "Meta Data": …, "Time Series (Daily)": { "2024-01-02": { "1. open": … } } }` */
function alphaVantage(document: Plain): DataRow[] | undefined {
  const [, series] = Object.entries(document).find(([key]) => /time series/i.test(key)) ?? [];
  if (!isPlain(series)) return undefined;
  return Object.entries(series).map(([date, cells]) => ({ date, ...(cells as DataRow) }));
}
