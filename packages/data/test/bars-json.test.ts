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
    ['nothing', [], 'data/empty-file', /there are no rows/],
  ])('that cannot be taken: %s', async (_, document, code, message) => {
    const error = await errorOf(() => readJson(bytes(JSON.stringify(document)), { target: 'close' }));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  });
});
