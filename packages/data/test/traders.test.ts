import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readArrow } from '../src/arrow/index.ts';
import { unpackLz4Frame } from '../src/arrow/lz4-frame.ts';
import { readCsv, readRows, renderReport, type SeriesSet } from '../src/index.ts';
import { bytes, errorOf } from './support/bytes.ts';
import { type Bar, bars, closes, day, iso } from './support/hourly-bars.ts';

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

  it('a part that is no number is compared with nothing', async () => {
    const rows = changed([2, { volume: -1 }]).map((row) => ({ ...row, open: 'no trade' }));
    const { report } = await read(rows);
    expect(report.bars?.map(({ rule, first }) => [rule, first])).toEqual([
      ['volume below 0', expect.stringMatching(/^row 3 \(high/)],
    ]);
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

  it.each([1, 2, 3, 7, 63, 64, 65, 1000])('a copy of what it writes itself: from %i bytes back', (distance) => {
    const literals = Array.from({ length: distance }, (_, k) => (k * 7 + 1) % 251);
    const lengths = (count: number) => [...Array<number>(Math.floor((count - 15) / 255)).fill(255), (count - 15) % 255];
    const [copied, more] = [2003, distance < 15 ? [] : lengths(distance)];
    const token = (Math.min(distance, 15) << 4) | 15;
    const block = [token, ...more, ...literals, distance & 255, distance >> 8, ...lengths(copied - 4), 0x10, 9];
    const frame = [4, 34, 77, 24, 0x60, 0x40, 0x82, block.length & 255, block.length >> 8, 0, 0, ...block, 0, 0, 0, 0];
    const expected = Array.from({ length: distance + copied }, (_, k) => literals[k % distance]!);
    expect([...unpackLz4Frame(Uint8Array.from(frame))]).toEqual([...expected, 9]);
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
    ['a size too short to tell', [4, 34, 77, 24, 0x68, 0x40, 0x82, 9], /cut off/],
    [
      'a size that it cannot hold',
      [4, 34, 77, 24, 0x68, 0x40, 0, 0, 0, 0, 1, 0, 0, 0, 0x82, 0, 0, 0, 0],
      /an LZ4 frame of 19 bytes cannot hold the 4294967296 that it names/,
    ],
    [
      'a size that it does not hold',
      [4, 34, 77, 24, 0x68, 0x40, 3, 0, 0, 0, 0, 0, 0, 0, 0x82, 2, 0, 0, 0, 0x10, 65, 0, 0, 0, 0],
      /names 3 bytes, but holds 1/,
    ],
    ['literals that are not there', [4, 34, 77, 24, 0x60, 0x40, 0x82, 2, 0, 0, 0, 0x50, 65, 0, 0, 0, 0], /literals/],
  ])('a frame with %s', (_, frame, message) => {
    expect(() => unpackLz4Frame(Uint8Array.from(frame))).toThrow(message);
  });
});
