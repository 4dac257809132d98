import { describe, expect, it } from 'vitest';
import { readJson } from '../src/index.ts';
import { bytes, errorOf } from './support/bytes.ts';
import { type Bar, bars, closes, iso, list, start } from './support/hourly-bars.ts';

const column = (part: keyof Bar) => bars.map((bar) => bar[part]);
const quote = Object.fromEntries(
  (['open', 'high', 'low', 'close', 'volume'] as const).map((part) => [part, column(part)]),
);

/** What programs and exchanges write, as JSON. */
const documents: Readonly<Record<string, unknown>> = {
  'ccxt, freqtrade': bars.map(list),
  'ccxt without volume, CoinGecko': bars.map((bar) => list(bar).slice(0, 5)),
  'Binance, numbers as texts': bars.map((bar) => [
    bar.ms,
    ...list(bar).slice(1).map(String),
    bar.ms + 3_599_999,
    '1',
    9,
    '1',
    '1',
    '0',
  ]),
  Kraken: {
    error: [],
    result: {
      XXBTZUSD: bars.map(({ ms, open, high, low, close, volume }) => [
        ms / 1000,
        `${open}`,
        `${high}`,
        `${low}`,
        `${close}`,
        '100.1',
        `${volume}`,
        3,
      ]),
      last: 1,
    },
  },
  "Yahoo's chart": {
    chart: {
      result: [
        {
          meta: { symbol: 'AAPL' },
          timestamp: bars.map(({ ms }) => ms / 1000),
          indicators: { quote: [quote], adjclose: [{ adjclose: closes }] },
        },
      ],
      error: null,
    },
  },
  'yahoo-finance2 chart': {
    meta: { symbol: 'AAPL' },
    quotes: bars.map((bar) => ({ date: iso(bar), ...bar, ms: undefined, adjclose: 1 })),
    events: {},
  },
  'yahoo-finance2 historical': bars.map((bar) => ({
    date: iso(bar),
    open: bar.open,
    high: bar.high,
    low: bar.low,
    close: bar.close,
    adjClose: 1,
    volume: bar.volume,
  })),
  'Alpha Vantage, newest first': {
    'Meta Data': { '1. Information': 'Intraday' },
    'Time Series (60min)': Object.fromEntries(
      [...bars].reverse().map((bar) => [
        iso(bar).slice(0, 19).replace('T', ' '),
        {
          '1. open': `${bar.open}`,
          '2. high': `${bar.high}`,
          '3. low': `${bar.low}`,
          '4. close': `${bar.close}`,
          '5. volume': `${bar.volume}`,
        },
      ]),
    ),
  },
  'a list of names first': [['time', 'open', 'high', 'low', 'close', 'volume'], ...bars.map(list)],
};

const closeOf = (name: string): string => (name.startsWith('Alpha') ? '4. close' : 'close');

/** What services answer in place of rows, and what of it is told. */
const refusals: readonly (readonly [service: string, document: unknown, said: string])[] = [
  ['Alpha Vantage, asked too often, before', { Note: 'Thank you! 5 calls per minute' }, 'Thank you! 5 calls'],
  ['Alpha Vantage, no such symbol', { 'Error Message': 'Invalid API call' }, 'Invalid API call'],
  ['Binance', { code: -1121, msg: 'Invalid symbol.' }, 'Invalid symbol'],
  ['Bitfinex', ['error', 10020, 'symbol: invalid'], '10020 symbol: invalid'],
  ['Bybit', { retCode: 10001, retMsg: 'Not supported', result: {}, retExtInfo: {}, time: start }, 'Not supported'],
  ['Coinbase, Alpaca', { message: 'NotFound' }, 'NotFound'],
  [
    'Nasdaq Data Link',
    { quandl_error: { code: 'QECx02', message: 'You have submitted an incorrect code' } },
    'You have',
  ],
  ['OKX', { code: '51001', msg: 'Instrument ID does not exist', data: [] }, 'Instrument ID'],
  ['Polygon', { status: 'NOT_AUTHORIZED', request_id: '1', message: 'not entitled' }, 'not entitled'],
  ['Tiingo', { detail: 'Not found.' }, 'Not found'],
  ['Yahoo, its crumb', { finance: { result: null, error: { description: 'Invalid Crumb' } } }, 'Invalid Crumb'],
];

const coinbase = ({ ms, open, high, low, close, volume }: Bar) => [ms / 1000, low, high, open, close, volume];
/** Hours in which nothing was traded fit every order. */
const flat = Array.from({ length: 200 }, (_, hour): Bar => {
  const price = { open: 100, high: 100, low: 100, close: 100 };
  return { ms: start + (12 + hour) * 3_600_000, ...price, volume: 0 };
});

describe('bars as JSON', () => {
  it.each(Object.keys(documents))('%s', async (name) => {
    const set = await readJson(bytes(JSON.stringify(documents[name])), { target: closeOf(name) });
    expect([[...set.values], set.report.frequency, set.report.firstTime?.slice(0, 10), set.report.bars]).toEqual([
      closes,
      'hour',
      '2024-01-01',
      [],
    ]);
  });

  it('one list on each line', async () => {
    const lines = bars.map((bar) => JSON.stringify(list(bar))).join('\n');
    expect([...(await readJson(bytes(lines), { target: 'close' })).values]).toEqual(closes);
  });

  it('Polygon and Alpaca write one letter for a part', async () => {
    const results = bars.map(({ ms, open, high, low, close, volume }) => ({
      t: ms,
      o: open,
      h: high,
      l: low,
      c: close,
      v: volume,
    }));
    for (const document of [
      { ticker: 'AAPL', results, status: 'OK' },
      { bars: results, symbol: 'AAPL', next_page_token: null },
    ]) {
      const set = await readJson(bytes(JSON.stringify(document)), { time: 't', target: 'c' });
      expect([[...set.values], set.report.bars]).toEqual([closes, []]);
    }
  });

  it('a part that Yahoo does not have is empty', async () => {
    const result = { timestamp: bars.map(({ ms }) => ms / 1000), indicators: { quote: [{ ...quote, volume: null }] } };
    const document = { chart: { result: [result], error: null } };
    expect([...(await readJson(bytes(JSON.stringify(document)), { target: 'close' })).values]).toEqual(closes);
  });

  it('lists in the order of ccxt with some that are wrong or empty are what they are', async () => {
    const rows = bars.map((bar, k) => (k === 3 ? [bar.ms, bar.open, 1, bar.low, bar.close, 1] : list(bar)));
    const set = await readJson(bytes(JSON.stringify([[start - 3_600_000, null, null, null, 101, null], ...rows])), {
      target: 'close',
    });
    expect([[...set.values], set.report.bars?.map(({ count }) => count)]).toEqual([[101, ...closes], [1]]);
  });

  it.each<[string, unknown, string, RegExp]>([
    [
      'Coinbase',
      bars.map(({ ms, open, high, low, close, volume }) => [ms / 1000, low, high, open, close, volume]),
      'data/header',
      /12 rows the high would then be below another price; they are \[timestamp, low, high, open, close, volume\], as Coinbase/,
    ],
    [
      'Bitfinex',
      bars.map(({ ms, open, high, low, close, volume }) => [ms, open, close, high, low, volume]),
      'data/header',
      /as Bitfinex writes them/,
    ],
    [
      'a row cut short',
      [...bars.map(list), [start, 1]],
      'data/ragged-row',
      /row 13: expected a list of 6 cells as in row 1, found 2 cells/,
    ],
    [
      'an object among lists',
      [list(bars[0]!), bars[1]],
      'data/ragged-row',
      /row 2: expected a list of 6 cells as in row 1, found \{"ms"/,
    ],
    ['seven cells', bars.map((bar) => [...list(bar), 1]), 'data/missing-column', /column1, column2, .*column7/],
    ['no time first', bars.map((bar) => [1, ...list(bar).slice(1)]), 'data/missing-column', /column1, column2/],
    [
      'Yahoo that found nothing',
      { chart: { result: null, error: { code: 'Not Found', description: 'No data found' } } },
      'data/corrupt-file',
      /in their place: "No data found"/,
    ],
    [
      'Kraken that knows no such pair',
      { error: ['EQuery:Unknown asset pair'] },
      'data/corrupt-file',
      /in their place: "EQuery:Unknown asset pair"/,
    ],
    [
      'Alpha Vantage, asked too often',
      { Information: 'our standard API rate limit is 25 requests' },
      'data/corrupt-file',
      /rate limit/,
    ],
    ...refusals.map(([service, document, said]): [string, unknown, string, RegExp] => [
      service,
      document,
      'data/corrupt-file',
      new RegExp(`in their place: "${said}`),
    ]),
    ['a document that is null', null, 'data/ragged-row', /row 1 is not an object with columns; found null/],
    [
      'Coinbase of an hour in which little was traded, one bar empty',
      [...flat.map((bar) => coinbase(bar)), ...bars.map(coinbase), [start / 1000 - 3600, null, '', null, null, 0]],
      'data/header',
      /but in 12 of 213 rows .* as Coinbase/,
    ],
    [
      'Coinbase with a bar that is wrong',
      [...Array.from({ length: 4 }, () => bars.map(coinbase)).flat(), [start / 1000, 101, 100, 99, 105, 1]],
      'data/header',
      /in 49 of 49 rows .* as Coinbase/,
    ],
    ['nothing', [], 'data/empty-file', /there are no rows/],
  ])('that cannot be taken: %s', async (_, document, code, message) => {
    const error = await errorOf(() => readJson(bytes(JSON.stringify(document)), { target: 'close' }));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  });
});
