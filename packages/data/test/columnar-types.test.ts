import { join } from 'node:path';
import {
  Binary,
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  Int32,
  makeData,
  makeVector,
  Table,
  TimeNanosecond,
  tableToIPC,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readArrow } from '../src/arrow/index.ts';
import { seriesValues, timeAt } from '../src/index.ts';
import { readTable } from '../src/node/index.ts';
import { copyPanel, panelFolder } from './support/panel-files.ts';

const folder = panelFolder();
const days = (count: number) =>
  vectorFromArray(
    Array.from({ length: count }, (_, k) => new Date(Date.UTC(2024, 0, 1 + k))),
    new DateDay(),
  );
const read = (columns: Record<string, Vector>, options: object = {}) =>
  readArrow(tableToIPC(new Table(columns), 'file'), { target: 'y', ...options });

/** Decimals of any width as words, as other writers store them. */
function decimals(bitWidth: number, scale: number, wholes: readonly bigint[]): Vector<Decimal> {
  const words = bitWidth / 32;
  const data = new Uint32Array(wholes.length * words);
  for (const [row, whole] of wholes.entries())
    for (let k = 0; k < words; k++)
      data[row * words + k] = Number(BigInt.asUintN(32, BigInt.asUintN(bitWidth, whole) >> BigInt(32 * k)));
  return makeVector(makeData({ type: new Decimal(scale, 9, bitWidth), data }));
}

const coded = (dictionary: Vector<DataType>, codes: readonly number[]): Vector =>
  makeVector(
    makeData({ type: new Dictionary(dictionary.type, new Int32()), data: Int32Array.from(codes), dictionary }),
  );

describe('types of Arrow columns', () => {
  it.each([
    [32, 2, [10327n, -10327n, 0n], [103.27, -103.27, 0]],
    [64, 2, [10327n, -10327n, 2n ** 60n], [103.27, -103.27, 2 ** 60 / 100]],
    [128, 2, [10327n, -10327n, 1n], [103.27, -103.27, 0.01]],
    [128, -3, [5n, -5n, 0n], [5000, -5000, 0]],
    [256, 20, [10327n * 10n ** 18n, -10327n * 10n ** 18n, 0n], [103.27, -103.27, 0]],
  ] as const)('decimals of %i bits, scale %i', async (bitWidth, scale, wholes, values) => {
    const set = await read({ ds: days(3), y: decimals(bitWidth, scale, wholes) });
    expect([...seriesValues(set, 0)]).toEqual(values);
  });

  it('coded numbers and times are those of their dictionary', async () => {
    const set = await read({ ds: coded(days(3), [0, 1, 2]), y: coded(decimals(128, 2, [10327n, 50n]), [1, 0, 1]) });
    expect([...seriesValues(set, 0)]).toEqual([0.5, 103.27, 0.5]);
    expect([timeAt(set, 0, 0), set.timeForm?.zone]).toEqual([Date.UTC(2024, 0, 1), null]);
  });

  it('bytes are texts, dates as ids are dates', async () => {
    const times = vectorFromArray(
      ['2024-01-01', '2024-01-02', '2024-01-03'].map((text) => new TextEncoder().encode(text)),
      new Binary(),
    );
    const ids = coded(days(1), [0, 0, 0]);
    const set = await read({ ds: times, vintage: ids, y: vectorFromArray([1, 2, 3]) }, { id: 'vintage' });
    expect([set.ids, timeAt(set, 0, 2)]).toEqual([['2024-01-01'], Date.UTC(2024, 0, 3)]);
  });

  it('a date and a time of day are one time', async () => {
    const clock = vectorFromArray([0n, 5_400_000_000_000n, 10_800_000_000_000n], new TimeNanosecond());
    const day = coded(days(1), [0, 0, 0]);
    const set = await read({ day, clock, y: vectorFromArray([1, 2, 3]) }, { time: ['day', 'clock'] });
    expect([0, 1, 2].map((step) => timeAt(set, 0, step) - Date.UTC(2024, 0, 1))).toEqual([0, 5_400_000, 10_800_000]);
  });
});

it('a date and a time of day of Parquet are one time', async () => {
  const query = "SELECT ds::DATE AS day, ds::TIME AS clock, n AS y FROM panel WHERE id = 'S00' ORDER BY ds";
  await copyPanel(folder, { query, to: 'clock.parquet' });
  const set = await readTable(join(folder, 'clock.parquet'), { time: ['day', 'clock'], target: 'y' });
  expect([set.frequency.unit, timeAt(set, 0, 25)]).toEqual(['hour', Date.UTC(2020, 0, 2, 1)]);
});
