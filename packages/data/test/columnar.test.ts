import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Float64, Table, tableFromArrays, tableFromIPC, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArrow, readArrowTable, toArrowTable, writeArrow } from '../src/arrow/index.ts';
import { readSql } from '../src/duckdb/index.ts';
import { batches, type DataErrorCode, fitScaler, readCsv, type SeriesSet, splitByTime, windows } from '../src/index.ts';
import { openShardFiles, readTable } from '../src/node/index.ts';
import { readParquet, shardBatches } from '../src/parquet/index.ts';
import { bytes, errorOf } from './support/bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'nt-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Series of differing length, with covariates and empty targets; the last bits of the values are random. */
function panelCsv(): string {
  const lines = ['id,ds,y,x,n,w'];
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  for (let series = 0; series < 13; series++) {
    for (let step = 0; step < 40 + series; step++) {
      const time = new Date(Date.UTC(2020, 0, 1, step)).toISOString().slice(0, 19);
      lines.push(
        `S${String(series).padStart(2, '0')},${time},${next() < 0.03 ? '' : next()},${next() * 1e6},${step},${next() < 0.5 ? 'sun' : 'rain'}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

const options = { id: 'id', target: 'y', historic: ['x', 'w'], future: ['n'], missing: 'mask' } as const;
const bitsOf = (set: SeriesSet) => ({ ...set, report: null });
let expected: SeriesSet;

beforeAll(async () => {
  const text = panelCsv();
  expected = await readCsv(bytes(text), options);
  writeFileSync(join(folder, 'p.csv'), text);
  const connection = await (await DuckDBInstance.create()).connect();
  const source = `(SELECT id, ds, y, x, n, w FROM read_csv('${join(folder, 'p.csv')}') ORDER BY id, ds)`;
  for (const codec of ['snappy', 'zstd', 'gzip', 'uncompressed', 'brotli']) {
    await connection.run(
      `COPY ${source} TO '${join(folder, `${codec}.parquet`)}' (FORMAT parquet, COMPRESSION ${codec}, ROW_GROUP_SIZE 2048)`,
    );
  }
  for (const [shard, where] of [
    ['0', "id < 'S06'"],
    ['1', "id >= 'S06'"],
  ]) {
    await connection.run(
      `COPY (SELECT id, ds, coalesce(y, 0) AS y, x, n FROM ${source} WHERE ${where}) TO '${join(folder, `shard-${shard}.parquet`)}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
    );
  }
  connection.closeSync();
});

describe('every format gives the same bits', () => {
  it.each(['snappy', 'zstd', 'gzip', 'uncompressed', 'brotli'])('Parquet, %s', async (codec) => {
    expect(bitsOf(await readTable(join(folder, `${codec}.parquet`), options))).toEqual(bitsOf(expected));
  });

  it('Parquet of REQUIRED columns', async () => {
    const y = Float64Array.of(1.5, Number.NaN, 3);
    const file = parquetWriteBuffer({
      columnData: [
        {
          name: 'ds',
          data: [0, 1, 2].map((hour) => new Date(Date.UTC(2020, 0, 1, hour))),
          type: 'TIMESTAMP',
          nullable: false,
        },
        { name: 'y', data: y, type: 'DOUBLE', nullable: false },
      ],
    });
    const set = await readParquet(file, { missing: 'mask' });
    expect([set.values, set.starts[0]]).toEqual([y, Date.UTC(2020, 0, 1)]);
  });

  it('Parquet through a Blob', async () => {
    const set = await readParquet(
      new Blob([(await import('node:fs')).readFileSync(join(folder, 'zstd.parquet')) as never]),
      options,
    );
    expect(bitsOf(set)).toEqual(bitsOf(expected));
  });

  it.each([
    ['Parquet', () => `SELECT * FROM '${join(folder, 'zstd.parquet')}'`],
    ['CSV as texts', () => `SELECT * FROM read_csv('${join(folder, 'p.csv')}', all_varchar = true)`],
    ['CSV with DuckDB’s types', () => `SELECT * FROM read_csv('${join(folder, 'p.csv')}')`],
  ])('DuckDB, %s', async (_, sql) => {
    expect(
      bitsOf(
        await readSql(sql(), {
          ...options,
          threads: 1,
          memoryLimit: '200MB',
          prepare: ['SET preserve_insertion_order = true'],
        }),
      ),
    ).toEqual(bitsOf(expected));
  });

  it('Arrow, there and back, target column without a copy', async () => {
    const plain = await readCsv(
      bytes(
        'id,ds,y\na,2020-01-01T00:00:00.5,1\na,2020-01-01T00:00:01.5,2\nb,2020-01-01T00:00:00.5,3\nb,2020-01-01T00:00:01.5,4\n',
      ),
      { id: 'id' },
    );
    const table = toArrowTable(plain);
    expect(table.getChild('y')!.data[0]!.values.buffer).toBe(plain.values.buffer);
    const read = await readArrow(writeArrow(plain), { target: 'y' });
    expect([read.ids, read.values, read.starts, read.frequency]).toEqual([
      plain.ids,
      plain.values,
      plain.starts,
      plain.frequency,
    ]);
    const direct = await readArrowTable(table, { target: 'y' });
    expect(direct.values.buffer).toBe(plain.values.buffer);
  });

  it('Arrow with nulls and several chunks', async () => {
    const part = (ds: string[], y: (number | null)[]) =>
      new Table({ ds: vectorFromArray(ds, new Utf8()), y: vectorFromArray(y, new Float64()) });
    const table = part(['2020-01-01', '2020-01-02'], [1, null]).concat(part(['2020-01-03'], [3]));
    const set = await readArrowTable(table, { missing: 'forward' });
    expect([...set.values]).toEqual([1, 1, 3]);
  });

  it('does not write into columns that belong to the caller', async () => {
    const y = Float64Array.of(1, Number.NaN, 3);
    const table = tableFromArrays({ ds: ['2020-01-01', '2020-01-02', '2020-01-03'], y });
    await readArrowTable(table, { missing: 'zero' });
    expect(y[1]).toBeNaN();
  });
});

describe('damaged columnar files', () => {
  const file = async (name: string) => new Uint8Array((await import('node:fs')).readFileSync(join(folder, name)));

  it.each<[string, () => Promise<unknown>, DataErrorCode, RegExp]>([
    ['an empty Parquet file', () => readParquet(new Uint8Array(), options), 'data/empty-file', /0 bytes/],
    [
      'a truncated Parquet file',
      async () => readParquet((await file('zstd.parquet')).subarray(0, 900), options),
      'data/corrupt-file',
      /footer magic PAR1 missing; the file is truncated or not Parquet/,
    ],
    ['CSV called Parquet', () => readParquet(bytes('ds,y\n2020-01-01,1\n'), options), 'data/corrupt-file', /PAR1/],
    [
      'a missing column',
      async () => readParquet(await file('zstd.parquet'), { ...options, target: 'z' }),
      'data/missing-column',
      /the file has: id, ds, y, x, n, w/,
    ],
    ['damaged Arrow', () => readArrow(bytes('ARROW1 no'), options), 'data/corrupt-file', /Arrow IPC/],
    ['an empty Arrow file', () => readArrow(new Uint8Array(), options), 'data/empty-file', /0 bytes/],
    [
      'a query that fails',
      () => readSql('SELECT * FROM nowhere', options),
      'data/bad-option',
      /DuckDB refused the query: .*nowhere/,
    ],
    [
      'a query without rows',
      () =>
        readSql("SELECT 'a' AS id, DATE '2020-01-01' AS ds, 1.0 AS y, 1 AS x, 1 AS n, 'w' AS w WHERE false", options),
      'data/header-only',
      /no rows/,
    ],
  ])('%s', async (_, run, code, message) => {
    const error = await errorOf(run);
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it('a damaged page of a gzip column names row group and column', async () => {
    const damaged = await file('gzip.parquet');
    damaged.fill(0x55, 40, 400);
    const error = await errorOf(() => readParquet(damaged, options));
    expect([error.code, error.message]).toEqual([
      'data/corrupt-file',
      expect.stringMatching(/row group 0, column '\w+'/),
    ]);
  });
});

describe('shards on disk', () => {
  const roles = { id: 'id', target: 'y', historic: ['x'], future: ['n'] } as const;
  const sizes = { inputSize: 8, horizon: 3, stride: 2 };
  const blocks = { blockSeries: 4, poolBlocks: 2 };

  it.each([
    ['shuffled', { shuffle: true, seed: 5 }],
    ['in order', { shuffle: false }],
    ['without prefetch', { shuffle: true, seed: 5, prefetch: false }],
    ['full batches only', { shuffle: true, seed: 6, dropLast: true }],
  ])('give the batches of memory: %s', async (_, order) => {
    const sharded = await openShardFiles(join(folder, 'shard-*.parquet'), roles);
    const memory = await readTable(join(folder, 'shard-*.parquet'), roles);
    expect([sharded.outline.ids, sharded.outline.lengths, sharded.outline.starts]).toEqual([
      memory.ids,
      memory.lengths,
      memory.starts,
    ]);
    const ranges = splitByTime(sharded.outline, { test: 8 }).train;
    const scaled = fitScaler(memory, { kind: 'standard', ranges }).transform(memory);
    const { prefetch: _prefetch, ...memoryOrder } = order as { prefetch?: boolean; shuffle: boolean };
    const inMemory = batches(windows(scaled, { ...sizes, ranges }), {
      batchSize: 16,
      ...memoryOrder,
      shuffle: order.shuffle ? blocks : false,
    });
    const onDisk = shardBatches(sharded, windows(sharded.outline, { ...sizes, ranges }), {
      batchSize: 16,
      blocks,
      scaler: { kind: 'standard', ranges },
      ...order,
    });
    for (let epoch = 0; epoch < 2; epoch++) {
      const read = [];
      for await (const batch of onDisk) read.push(batch);
      expect(read).toEqual([...inMemory]);
    }
  });

  it('resume in mid-epoch', async () => {
    const sharded = await openShardFiles(join(folder, 'shard-*.parquet'), roles);
    const source = () => shardBatches(sharded, windows(sharded.outline, sizes), { batchSize: 10, blocks, seed: 1 });
    const whole = [];
    for await (const batch of source()) whole.push(batch);
    const cut = source();
    for await (const _ of cut) if (cut.position === 3) break;
    const resumed = source();
    resumed.restore(cut.state());
    const rest = [];
    for await (const batch of resumed) rest.push(batch);
    expect(rest).toEqual(whole.slice(3));
  });

  it('refuse what memory would have to do', async () => {
    const sharded = await openShardFiles(join(folder, 'shard-*.parquet'), roles);
    const outline = windows(sharded.outline, sizes);
    expect((await errorOf(() => batches(outline, { batchSize: 1 }))).message).toMatch(
      /in shards on disk; use shardBatches/,
    );
    expect(
      (
        await errorOf(() =>
          fitScaler(sharded.outline, { kind: 'standard', ranges: splitByTime(sharded.outline).train }),
        )
      ).message,
    ).toMatch(/shards on disk/);
    expect((await errorOf(() => openShardFiles(join(folder, 'none-*.parquet')))).code).toBe('data/missing-file');
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `COPY (SELECT id, ds, y FROM read_csv('${join(folder, 'p.csv')}') ORDER BY ds, id) TO '${join(folder, 'mixed.parquet')}'`,
    );
    connection.closeSync();
    expect(
      (await errorOf(() => openShardFiles(join(folder, 'mixed.parquet'), { id: 'id', target: 'y' }))).message,
    ).toMatch(/must be sorted by id and time/);
  });
});

it('tableFromIPC of writeArrow is uncompressed and readable by apache-arrow alone', () => {
  const table = tableFromIPC(writeArrow(expected));
  expect(table.schema.fields.map((field) => field.name)).toEqual([
    'unique_id',
    'ds',
    'y',
    'x',
    'w=rain',
    'w=sun',
    'w=(unseen)',
    'n',
  ]);
  expect(tableToIPC(table).length).toBeGreaterThan(0);
});
