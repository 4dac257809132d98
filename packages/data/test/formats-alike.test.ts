import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Float64, Table, tableFromArrays, tableFromIPC, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { beforeAll, describe, expect, it } from 'vitest';
import { readArrow, readArrowTable, toArrowTable, writeArrow } from '../src/arrow/index.ts';
import { readSql } from '../src/duckdb/index.ts';
import { readCsv, type SeriesSet } from '../src/index.ts';
import { readTable } from '../src/node/index.ts';
import { readParquet } from '../src/parquet/index.ts';
import { bytes } from './support/bytes.ts';
import { panelCsv, panelFolder, panelOptions, writeParquet } from './support/panel-files.ts';

const codecs = ['snappy', 'zstd', 'gzip', 'uncompressed', 'brotli'];
const folder = panelFolder();
// The spelling of times is the source's own: texts have one, typed columns have none.
const bitsOf = (set: SeriesSet) => ({ ...set, report: null, timeForm: null });
let expected: SeriesSet;

beforeAll(async () => {
  expected = await readCsv(bytes(panelCsv()), panelOptions);
  await writeParquet(folder, codecs);
});

describe('every format gives the same bits', () => {
  it.each(codecs)('Parquet, %s', async (codec) => {
    expect(bitsOf(await readTable(join(folder, `${codec}.parquet`), panelOptions))).toEqual(bitsOf(expected));
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
    const set = await readParquet(new Blob([readFileSync(join(folder, 'zstd.parquet')) as never]), panelOptions);
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
          ...panelOptions,
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
