import { describe, expect, it } from 'vitest';
import { readJson, type SeriesOptions, seriesValues, timeAt } from '../src/index.ts';
import { bytes, errorOf } from './support/bytes.ts';

const days = ['2024-01-01', '2024-01-02', '2024-01-03'];
const ms = days.map((day) => Date.parse(day));
const read = (document: unknown, options: SeriesOptions = {}) =>
  readJson(bytes(typeof document === 'string' ? document : JSON.stringify(document)), options);

describe('documents of services', () => {
  const category = (codes: readonly string[]) => ({
    category: { index: Object.fromEntries(codes.map((code, at) => [code, at])) },
  });
  const label = { category: { label: { DE: 'Germany' } } };
  const dimension = { time: category(days), geo: label };
  it.each([
    ['JSON-stat', { id: ['time', 'geo'], size: [3, 1], dimension, value: [5, 6, 7] }, {}],
    [
      'JSON-stat 1',
      { dataset: { dimension: { id: ['geo', 'time'], size: [1, 3], ...dimension }, value: { 0: 5, 1: 6, 2: 7 } } },
      {},
    ],
    [
      'InfluxDB',
      {
        results: [
          {
            statement_id: 0,
            series: [{ name: 'cpu', columns: ['time', 'mean'], values: days.map((day, k) => [day, 5 + k]) }],
          },
        ],
      },
      {},
    ],
    ['times under a key', { base: 'EUR', rates: Object.fromEntries(days.map((day, k) => [day, { USD: 5 + k }])) }, {}],
    ['one value under each time', { data: { rates: Object.fromEntries(days.map((day, k) => [day, 5 + k])) } }, {}],
    ['one list of rows under a key', { data: days.map((ds, k) => ({ ds, y: 5 + k })) }, {}],
    ['pandas: a series by milliseconds', Object.fromEntries(ms.map((time, k) => [time, 5 + k])), {}],
    [
      'MongoDB',
      days.map((day, k) => ({ ds: { $date: `${day}T00:00:00Z` }, y: { $numberDecimal: String(5 + k) } })),
      {},
    ],
    [
      'MongoDB, canonical',
      ms.map((time, k) => ({ ds: { $date: { $numberLong: String(time) } }, y: { $numberInt: String(5 + k) } })),
      {},
    ],
    ['.NET', ms.map((time, k) => ({ ds: `/Date(${time}+0100)/`, y: 5 + k })), {}],
    [
      'GeoJSON',
      {
        type: 'FeatureCollection',
        features: ms.map((time, k) => ({ type: 'Feature', properties: { mag: 5 + k, time } })),
      },
      {},
    ],
    [
      'lists without names',
      ms.map((time, k) => [String(time), '1', String(5 + k), '3', '4', '9', '8']),
      { target: 'column3' },
    ],
  ] as const)('%s', async (_, document, options) => {
    const set = await read(document, options);
    expect([...seriesValues(set, 0)]).toEqual([5, 6, 7]);
    expect([0, 1, 2].map((step) => timeAt(set, 0, step))).toEqual(ms);
  });

  it('two dimensions of JSON-stat: the other tells series apart', async () => {
    const document = {
      id: ['geo', 'time'],
      size: [2, 3],
      dimension: { time: category(days), geo: category(['DE', 'FR']) },
      value: [1, 2, 3, 4, 5, 6],
    };
    const set = await read(document, { id: 'geo' });
    expect([set.ids, [...set.values]]).toEqual([
      ['DE', 'FR'],
      [1, 2, 3, 4, 5, 6],
    ]);
  });

  it.each([
    ['rows', { a: days.map((ds) => ({ ds, y: 1 })), b: days.map((ds) => ({ ds: ds.replace('2024', '2023'), y: 2 })) }],
    ['pairs', { a: ms.map((time) => [time, 1]), b: ms.map((time) => [time + 1, 2]) }],
  ])('lists of %s are several tables, and never columns of one', async (_, document) => {
    expect((await errorOf(() => read(document))).message).toMatch(/several tables: a, b/);
  });
});

describe('a market chart of CoinGecko', () => {
  const list = (from: number) => ms.map((time, k) => [time, from + k]);
  const chart = { prices: list(5), market_caps: list(500), total_volumes: list(50) };
  it('has the price for a target, unless it is told otherwise', async () => {
    const set = await read(chart);
    expect([set.target, [...set.values], timeAt(set, 0, 0)]).toEqual(['price', [5, 6, 7], ms[0]]);
    expect(set.report.notices.join()).toMatch(/a market chart: the target is 'price', unless you pass target: …/);
    expect([...(await read(chart, set.reading)).values]).toEqual([5, 6, 7]);
    expect((await read(chart, { target: 'volume', historic: ['market_cap'] })).values[0]).toBe(50);
    expect((await read(chart, { historic: ['price', 'volume'] })).target).toBe('market_cap');
  });

  it('is none where its lists have other times', async () => {
    const other = { ...chart, prices: list(5).slice(1) };
    expect((await errorOf(() => read(other))).message).toMatch(/several tables: prices, market_caps, total_volumes/);
  });
});

describe('price bars in lists', () => {
  const bar = (cells: readonly number[]) => ms.map((time) => [time, ...cells]);
  it.each([
    ['Kraken', bar([10, 12, 9, 11, 10.5, 7, 3]), undefined],
    ['Gate.io', bar([7000, 11, 12, 9, 10, 7, 1]), /as Gate\.io writes them/],
    ['another order of Binance', bar([9, 10, 12, 11, 5, 0, 0, 0, 0, 0, 0]), /their order is another one/],
    ['another order of five', bar([9, 10, 12, 11]), /their order is another one/],
    ['Binance', bar([10, 12, 9, 11, 5, 0, 0, 0, 0, 0, 0]), undefined],
  ])('%s', async (_, rows, refusal) => {
    if (refusal) expect((await errorOf(() => read(rows, { target: 'close' }))).message).toMatch(refusal);
    else expect([...(await read(rows, { target: 'close' })).values]).toEqual([11, 11, 11]);
  });
});

describe('whole numbers beyond 2^53', () => {
  const long = (unique_id: string, y: string) => days.map((ds) => `{"unique_id":${unique_id},"ds":"${ds}","y":${y}}`);
  it.each([
    ['an array', (rows: readonly string[]) => `[${rows.join(', ')}]`],
    ['JSON Lines', (rows: readonly string[]) => rows.join('\n')],
  ])('are two ids, in %s', async (_, write) => {
    const set = await read(write([...long('12345678901234567890', '1'), ...long('12345678901234567891', '2')]));
    expect([set.ids, [...set.values]]).toEqual([
      ['12345678901234567890', '12345678901234567891'],
      [1, 1, 1, 2, 2, 2],
    ]);
  });

  it('as values are told; texts, fractions and exponents stay', async () => {
    const set = await read(`[${long('"a: 12345678901234567, b"', '1234567890123456789')}]`);
    expect([set.ids, set.report.notices.join()]).toEqual([
      ['a: 12345678901234567, b'],
      expect.stringMatching(/'y', row 1: .*2\^53/),
    ]);
    const fractions = await read(
      `[${long('1.2345678901234567', '0.12345678901234567')}, ${long('1.5', '1234567890123456789e-18')}]`,
    );
    expect([fractions.ids, fractions.values[0], fractions.values[3]]).toEqual([
      ['1.2345678901234567', '1.5'],
      Number('0.12345678901234567'),
      Number('1234567890123456789e-18'),
    ]);
  });
});
