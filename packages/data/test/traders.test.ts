import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readArrow } from '../src/arrow/index.ts';
import { unpackLz4Frame } from '../src/arrow/lz4-frame.ts';
import { readCsv, readJson, readRows, renderReport, type SeriesSet } from '../src/index.ts';
import { bytes, errorOf } from './support/bytes.ts';

/** Twelve hourly bars, in order. */
const start = Date.UTC(2024, 0, 1);
const bars = Array.from({ length: 12 }, (_, hour) => {
  const [open, close] = [100 + (hour % 5), 100 + ((hour + 1) % 5)];
  return {
    ms: start + hour * 3_600_000,
    open,
    high: Math.max(open, close) + 0.5,
    low: Math.min(open, close) - 0.5,
    close,
    volume: 10 + hour,
  };
});
type Bar = (typeof bars)[number];
const closes = bars.map(({ close }) => close);
const iso = ({ ms }: Bar): string => new Date(ms).toISOString();
const day = (_: Bar, index: number): string => new Date(start + index * 86_400_000).toISOString().slice(0, 10);
const list = ({ ms, open, high, low, close, volume }: Bar) => [ms, open, high, low, close, volume];
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

describe('bars as CSV', () => {
  const lines = (header: string, line: (bar: Bar, index: number) => readonly unknown[], sign = ',') =>
    `${[header, ...bars.map((bar, index) => line(bar, index).join(sign))].join('\n')}\n`;

  it.each<[string, string, string]>([
    [
      'Yahoo',
      'Close',
      lines('Date,Open,High,Low,Close,Adj Close,Volume', (bar, k) => [
        day(bar, k),
        bar.open,
        bar.high,
        bar.low,
        bar.close,
        bar.close / 2,
        bar.volume,
      ]),
    ],
    [
      'Yahoo, copied from the page',
      'Close*',
      lines(
        'Date\tOpen\tHigh\tLow\tClose*\tAdj Close**\tVolume',
        (bar, k) => [
          `Jan ${String(k + 1).padStart(2, '0')}, 2024`,
          bar.open,
          bar.high,
          bar.low,
          bar.close,
          1,
          '45,000,000',
        ],
        '\t',
      ),
    ],
    [
      'MetaTrader',
      '<CLOSE>',
      lines(
        '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>',
        (bar) => [
          iso(bar).slice(0, 10).replaceAll('-', '.'),
          iso(bar).slice(11, 19),
          bar.open,
          bar.high,
          bar.low,
          bar.close,
          5,
        ],
        '\t',
      ),
    ],
    [
      'TradingView',
      'close',
      lines('time,open,high,low,close,Volume', (bar) => [
        bar.ms / 1000,
        bar.open,
        bar.high,
        bar.low,
        bar.close,
        bar.volume,
      ]),
    ],
    [
      'Stooq',
      'Close',
      lines('Date,Open,High,Low,Close,Volume', (bar, k) => [
        day(bar, k).replaceAll('-', ''),
        bar.open,
        bar.high,
        bar.low,
        bar.close,
        bar.volume,
      ]),
    ],
  ])('%s', async (name, target, text) => {
    const time = name === 'MetaTrader' ? { time: ['<DATE>', '<TIME>'] } : {};
    const set = await readCsv(bytes(text), { target, ...time });
    expect([[...set.values], set.report.bars]).toEqual([closes, []]);
  });

  it('a part that is no number is no fault where it is no target', async () => {
    const text = lines('date,open,high,low,close,volume', (bar, k) => [
      day(bar, k),
      bar.open,
      bar.high,
      bar.low,
      bar.close,
      k === 3 ? 'n/a yet' : '-',
    ]);
    const set = await readCsv(bytes(text), { target: 'close' });
    expect([[...set.values], set.report.bars, set.report.columns.unused]).toEqual([
      closes,
      [],
      ['open', 'high', 'low', 'volume'],
    ]);
  });
});

describe('what is wrong with bars', () => {
  /** Bars of which some are changed. */
  const changed = (...changes: readonly (readonly [index: number, part: Partial<Bar>])[]) =>
    bars.map(
      (bar, index) =>
        Object.assign(
          { date: iso(bar) },
          bar,
          { ms: undefined },
          ...changes.filter(([at]) => at === index).map(([, part]) => part),
        ) as Record<string, unknown>,
    );
  const read = (rows: Record<string, unknown>[]): Promise<SeriesSet> => readRows(rows, { target: 'close' });

  it.each<[string, readonly (readonly [number, Partial<Bar>])[], string, number, RegExp]>([
    [
      'a high below the close',
      [
        [4, { high: 99 }],
        [6, { high: 1 }],
      ],
      'high below open, low or close',
      2,
      /^row 5 \(open 104, high 99, low 99\.5, close 100, volume 14\)$/,
    ],
    ['a low above the open', [[2, { low: 103.2 }]], 'low above open or close', 1, /^row 3 /],
    ['a price of 0', [[0, { low: 0 }]], 'prices of 0 or less', 1, /^row 1 /],
    ['a negative volume', [[11, { volume: -1 }]], 'volume below 0', 1, /^row 12 /],
  ])('%s stands in the report, and nothing is changed', async (_, changes, rule, count, first) => {
    const set = await read(changed(...changes));
    expect(set.report.bars).toEqual([
      { rule, count, series: 1, first: expect.stringMatching(first), action: 'kept as they are' },
    ]);
    expect(renderReport(set.report).join('\n')).toContain(`price bars, ${rule}: ${count} in 1 series, first row`);
    expect([...set.values]).toEqual(closes);
  });

  it('digits that adjusting leaves are not wrong, and empty parts are not compared', async () => {
    const set = await read(changed([1, { high: 102 * (1 - 1e-9) }], [5, { high: Number.NaN, volume: Number.NaN }]));
    expect(set.report.bars).toEqual([]);
  });

  it('a table without all four prices has no bars', async () => {
    const rows = bars.map((bar) => ({ date: iso(bar), high: 1, low: 5, close: bar.close }));
    expect((await read(rows)).report.bars).toBeUndefined();
  });

  it('each symbol counts, and lines are those of the file', async () => {
    const text = [
      'symbol,date,open,high,low,close',
      'A,2024-01-01,1,2,1,2',
      'A,2024-01-02,1,0.5,1,2',
      'B,2024-01-01,1,0.5,1,2',
      'B,2024-01-02,1,2,1,2',
    ].join('\n');
    const { report } = await readCsv(bytes(text), { id: 'symbol', target: 'close' });
    expect(report.bars).toEqual([
      expect.objectContaining({ count: 2, series: 2, first: expect.stringMatching(/^line 3 /) }),
    ]);
  });

  it('bars that occur twice and bars that are missing are found as in every series', async () => {
    const rows = changed();
    const twice = await errorOf(() => read([...rows, rows[3]!]));
    expect([twice.code, twice.message]).toEqual(['data/duplicate-time', expect.stringMatching(/duplicates: 'last'/)]);
    const gap = await errorOf(() => read(rows.filter((_, index) => index !== 6)));
    expect([gap.code, gap.message]).toEqual(['data/gap', expect.stringMatching(/1 missing time step/)]);
  });
});

describe("freqtrade's Feather", () => {
  const file = new Uint8Array(readFileSync(new URL('traders/BTC_USDT-1h.feather', import.meta.url)));

  it('is read as pyarrow packs it, with LZ4', async () => {
    const set = await readArrow(file, { target: 'close' });
    expect([set.report.frequency, set.report.rowsRead, set.values[0], set.values[399], set.report.bars]).toEqual([
      'hour',
      400,
      100.1727920960324,
      83.58547335364484,
      [],
    ]);
  });

  it('that is damaged is an error, never a loop or a crash', async () => {
    for (let place = 8; place < file.length; place += 97) {
      const damaged = file.slice();
      damaged[place]! ^= 0xff;
      await readArrow(damaged, { target: 'close' }).catch((error: Error) => expect(error.name).toBe('DataError'));
    }
  });

  it.each<[string, readonly number[], RegExp]>([
    ['no frame', [1, 2, 3, 4, 5, 6, 7], /no LZ4 frame/],
    ['cut off', [4, 34, 77, 24, 0x60, 0x40, 0x82], /cut off/],
    [
      'a copy from before the begin',
      [4, 34, 77, 24, 0x60, 0x40, 0x82, 4, 0, 0, 0, 0x10, 65, 9, 0, 0, 0, 0, 0],
      /before its begin/,
    ],
    ['literals that are not there', [4, 34, 77, 24, 0x60, 0x40, 0x82, 2, 0, 0, 0, 0x50, 65, 0, 0, 0, 0], /literals/],
  ])('a frame with %s', (_, frame, message) => {
    expect(() => unpackLz4Frame(Uint8Array.from(frame))).toThrow(message);
  });
});
