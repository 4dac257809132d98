import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { expect, it } from 'vitest';
import { DataError, readCsv, readTsf, type SeriesSet } from '../src/index.ts';
import { readParquet } from '../src/parquet/index.ts';
import { publicSeriesFolder } from './public-series.ts';
import { bytes } from './support/bytes.ts';

const cases = process.env['NT_LONG'] ? 4000 : 150;
const policies = { gaps: 'rowOrder', missing: 'mask', duplicates: 'last', nonFinite: 'mask' } as const;

/** The head of a public file where there is one, else a file made here. */
function realFile(name: string, length: number, fallback: string): Uint8Array {
  const path = publicSeriesFolder === undefined ? undefined : join(publicSeriesFolder, name);
  return path !== undefined && existsSync(path) ? new Uint8Array(readFileSync(path)).slice(0, length) : bytes(fallback);
}

const csvText = `date,HUFL,OT\n${Array.from({ length: 60 }, (_, hour) => `${new Date(Date.UTC(2016, 6, 1, hour)).toISOString().slice(0, 19).replace('T', ' ')},${5.827 + hour},${30.531 - hour}`).join('\n')}\n`;
const tsfText =
  '@relation x\n@attribute series_name string\n@attribute start_timestamp date\n@frequency hourly\n@data\nT1:2015-07-01 12-00-00:605,586,586,559\nT2:2015-07-01 12-00-00:1,2,3,?\n';
const csv = realFile('ETTh1.csv', 4000, csvText);
const tsf = realFile('us_births_dataset.tsf', 2999, tsfText);
const parquet = new Uint8Array(
  parquetWriteBuffer({
    columnData: [
      {
        name: 'ds',
        data: Array.from({ length: 500 }, (_, hour) => new Date(Date.UTC(2020, 0, 1, hour))),
        type: 'TIMESTAMP',
      },
      { name: 'y', data: Float64Array.from({ length: 500 }, (_, hour) => Math.sin(hour)), type: 'DOUBLE' },
    ],
  }),
);

const interesting = [0, 9, 10, 13, 32, 34, 44, 45, 46, 48, 57, 58, 59, 63, 101, 127, 128, 255];

/** Flips, inserts, deletes, repeats or cuts at random places. */
function mutate(source: Uint8Array, random: RandomGenerator): Uint8Array {
  let data = source;
  for (let count = uniformInt(random, 1, 4); count > 0; count--) {
    const at = uniformInt(random, 0, data.length - 1);
    const width = uniformInt(random, 1, 12);
    const kind = uniformInt(random, 0, 5);
    if (kind <= 1) {
      data = data.slice();
      data[at] = kind === 0 ? interesting[uniformInt(random, 0, interesting.length - 1)]! : uniformInt(random, 0, 255);
    } else if (kind === 2) data = Uint8Array.from([...data.subarray(0, at), ...data.subarray(at + width)]);
    else if (kind === 3)
      data = Uint8Array.from([
        ...data.subarray(0, at),
        interesting[uniformInt(random, 0, interesting.length - 1)]!,
        ...data.subarray(at),
      ]);
    else if (kind === 4) data = Uint8Array.from([...data.subarray(0, at + width), ...data.subarray(at)]);
    else if (count === 1) data = data.slice(0, Math.max(1, at));
    if (data.length === 0) return Uint8Array.of(0);
  }
  return data;
}

/** Reads mutated files: every one ends in a set that adds up or in a DataError. Returns how many were read. */
async function fuzz(
  source: Uint8Array,
  seed: number,
  read: (data: Uint8Array) => Promise<SeriesSet>,
  check: (data: Uint8Array, set: SeriesSet) => void,
): Promise<number> {
  const random = xoroshiro128plus(seed);
  let count = 0;
  for (let run = 0; run < cases; run++) {
    const data = mutate(source, random);
    let set: SeriesSet;
    try {
      set = await read(data);
    } catch (error) {
      if (DataError.isInstance(error)) continue;
      throw new Error(`seed ${seed}, run ${run}: ${error}`, { cause: error });
    }
    count++;
    check(data, set);
    expect(set.values.length).toBe(set.offsets[set.ids.length]);
    expect(set.report.timeSteps).toBe(set.lengths.reduce((sum, length) => sum + length, 0));
    for (let row = 0; row < set.values.length; row++)
      if (!Number.isFinite(set.values[row]!)) expect(set.available?.[row]).toBe(0);
  }
  return count;
}

it('CSV: every line is a row that was read or is in the report', async () => {
  const read = await fuzz(
    csv,
    1,
    (data) => readCsv(data, { ...policies, target: 'OT', badRows: 'reject' }),
    (data, set) => {
      const text = new TextDecoder().decode(data);
      if (text.includes('"')) return;
      const lines = text
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)
        .filter((line) => line !== '');
      expect(set.report.rowsRead).toBe(lines.length - 1);
      expect(set.report.timeSteps).toBe(
        set.report.rowsRead - set.report.rowsRejected - (set.report.duplicates?.count ?? 0),
      );
    },
  );
  expect(read).toBeGreaterThan(cases / 3);
});

it('tsf: as many series as there are lines', async () => {
  const read = await fuzz(
    tsf,
    2,
    (data) => readTsf(data, { missing: 'mask', nonFinite: 'mask' }),
    (data, set) => {
      const text = new TextDecoder().decode(data);
      const lines = text
        .slice(text.search(/^[^\S\n]*@data(?=\s|$)/im))
        .split('\n')
        .slice(1);
      expect(set.ids.length).toBe(lines.filter((line) => line.trim() !== '' && !line.trim().startsWith('#')).length);
    },
  );
  expect(read).toBeGreaterThan(cases / 10);
});

/** Nothing is compressed, so that mutations reach levels, dictionary codes and lengths of texts. */
const bareParquet = new Uint8Array(
  parquetWriteBuffer({
    codec: 'UNCOMPRESSED',
    pageSize: 1000,
    columnData: [
      { name: 'id', data: Array.from({ length: 400 }, (_, row) => `S${row >> 6}`), type: 'STRING' },
      { name: 'ds', data: Array.from({ length: 400 }, (_, hour) => new Date(Date.UTC(2020, 0, 1, hour))) },
      { name: 'y', data: Array.from({ length: 400 }, (_, row) => (row % 9 === 0 ? null : row / 8)), type: 'DOUBLE' },
      { name: 'x', data: Array.from({ length: 400 }, (_, row) => (row % 50 === 0 ? null : row % 4)), type: 'INT32' },
      { name: 'w', data: Array.from({ length: 400 }, (_, row) => ['sun', 'rain'][row & 1]!), encoding: 'PLAIN' },
    ] as never,
  }),
);

it.each([
  ['compressed', parquet, 3, {}],
  ['bare', bareParquet, 4, { id: 'id', target: 'y', historic: ['x', 'w'] }],
])('Parquet, %s: as many rows as the footer says', async (_, source, seed, roles) => {
  const read = await fuzz(
    source,
    seed,
    (data) => readParquet(data, { ...policies, ...roles }),
    (_, set) => {
      expect(set.report.timeSteps + (set.report.duplicates?.count ?? 0)).toBe(set.report.rowsRead);
    },
  );
  expect(read).toBeGreaterThan(0);
});
