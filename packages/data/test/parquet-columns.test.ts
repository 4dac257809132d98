import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadFlatCells, loadGeneralCells, lookOf } from '../src/parquet/load-column.ts';
import { openParquet, type ParquetFile } from '../src/parquet/parquet-file.ts';
import { FaultList } from '../src/source/fault-list.ts';
import { toNumbers, toTexts } from '../src/source/loose-cells.ts';
import type { CellRole, LooseCells } from '../src/source/loose-column.ts';
import { toTimes } from '../src/source/loose-times.ts';
import { panelFolder } from './support/panel-files.ts';

const folder = panelFolder();
const rows = 2500;

/** Columns of every type, some with empty cells in runs and at random, with few and with many different values. */
const columns: Readonly<Record<string, string>> = {
  double: 'random()',
  doubleEmpty: 'CASE WHEN random() < 0.3 THEN NULL ELSE random() END',
  doubleRuns: 'CASE WHEN (i // 700) % 2 = 0 THEN NULL ELSE i / 7 END',
  doubleFew: '(i % 13) / 3',
  doubleNone: 'NULL::DOUBLE',
  special: "CASE i % 4 WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN 'inf'::DOUBLE WHEN 2 THEN -0.0::DOUBLE END",
  float: 'random()::FLOAT',
  tiny: '(i % 200 - 100)::TINYINT',
  small: '(i * 13 - 32500)::SMALLINT',
  int: '(i * 429496 - 1000000000)::INTEGER',
  long: 'i * 9007199254740::BIGINT - 4503599627370497',
  longId: '1000000007 * (i // 9)',
  byte: '(i % 256)::UTINYINT',
  unsigned: '(4294967295 - i * 3)::UINTEGER',
  unsignedLong: '(9223372036854775807::UBIGINT + i::UBIGINT)::UBIGINT',
  decimal: '(i / 7)::DECIMAL(9, 3)',
  decimalLong: '(i / 7 - 100)::DECIMAL(18, 4)',
  decimalWide: '(i / 7)::DECIMAL(30, 4)',
  date: "DATE '1960-01-01' + i::INTEGER",
  micros: "TIMESTAMP '1969-12-31 23:00:00.123457' + to_microseconds(i * 777777777)",
  millis: "(TIMESTAMP '1960-01-01 00:00:00.123' + to_milliseconds(i * 997))::TIMESTAMP_MS",
  nanos: 'make_timestamp_ns((i - 2500) * 1234567890123456 + 1)',
  zoned: "TIMESTAMPTZ '2020-01-01 00:00:00+02' + to_minutes(i)",
  time: "TIME '01:02:03.000004' + to_seconds(i)",
  bool: 'i % 3 = 0',
  text: "'S' || (i // 250)",
  textEmpty: "CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'wörd' || i % 7 END",
  textMany: "'id-' || md5(i::VARCHAR)",
  textNumbers: '(i / 8)::VARCHAR',
  textTimes: "strftime(TIMESTAMP '2020-01-01' + to_minutes(i), '%Y-%m-%d %H:%M')",
  level: "('lev' || i % 3)::ENUM('lev0', 'lev1', 'lev2')",
  uuid: 'md5(i::VARCHAR)::UUID',
};

/** What is left to hyparquet: bytes of fixed width, bits, unsigned longs, and ids and times beyond 2^53. */
const general = ['long', 'unsignedLong', 'decimalWide', 'bool', 'uuid'];

const forms: readonly (readonly [string, string])[] = [
  ['snappy', 'COMPRESSION snappy'],
  ['zstd', 'COMPRESSION zstd, ROW_GROUP_SIZE 2048'],
  ['gzip', 'COMPRESSION gzip'],
  ['brotli', 'COMPRESSION brotli'],
  ['lz4', 'COMPRESSION lz4_raw'],
  ['uncompressed', 'COMPRESSION uncompressed'],
  ['plain', 'COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 1'],
  ['newer', "PARQUET_VERSION 'V2'"],
];

beforeAll(async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  const list = Object.entries(columns).map(([name, sql]) => `${sql} AS "${name}"`);
  await connection.run('SELECT setseed(0.5)');
  await connection.run(`CREATE TABLE t AS SELECT ${list.join()} FROM range(${rows}) r(i)`);
  for (const [name, form] of forms)
    await connection.run(`COPY t TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet, ${form})`);
  connection.closeSync();
});

async function open(bytes: Uint8Array): Promise<ParquetFile> {
  return openParquet('t.parquet', {
    byteLength: bytes.length,
    slice: (start, end) => bytes.slice(start, end).buffer as ArrayBuffer,
  });
}

/** What a role makes of cells, every bit of it. */
function read(role: CellRole, cells: LooseCells, isTime: boolean): unknown {
  const faults = new FaultList();
  const timed = isTime ? { ...cells, timeUnit: 'ms' as const } : cells;
  if (role === 'text') {
    const { codes, names } = toTexts('c', cells, false, faults);
    return [Array.from(codes, (code) => names[code]), faults.faults];
  }
  const numbers = role === 'number' ? toNumbers('c', cells, {}, faults).numbers : toTimes('c', timed, {}, faults).time;
  return [new BigInt64Array(numbers.buffer.slice(0)), faults.count, faults.faults];
}

async function expectAlike(parquet: ParquetFile, element: SchemaElement, first: number, end: number): Promise<boolean> {
  const isTime = lookOf(element) === 'time';
  let isFlat = true;
  for (const role of ['number', 'text', 'time'] as const) {
    const flat = await loadFlatCells(parquet, element, role, first, end);
    isFlat &&= flat !== undefined;
    if (flat === undefined) continue;
    const byLibrary = await loadGeneralCells(parquet, element, first, end);
    const isSame = isDeepStrictEqual(read(role, flat, isTime), read(role, byLibrary, isTime));
    expect([element.name, role, isSame]).toEqual([element.name, role, true]);
  }
  return isFlat;
}

describe('columns decoded here are those of hyparquet, bit for bit', () => {
  it.each(forms.map(([name]) => name))('%s', async (name) => {
    const parquet = await open(new Uint8Array(readFileSync(join(folder, `${name}.parquet`))));
    const left: string[] = [];
    for (const element of parquet.elements)
      if (!(await expectAlike(parquet, element, 0, rows))) left.push(element.name);
    if (name === 'newer') expect(left).toContain('textMany');
    else expect(left).toEqual(general);
  });

  it.each([
    ['decimal', 3],
    ['decimalLong', 4],
    ['decimalWide', 4],
  ])('%s numbers are those of their digits', async (name, scale) => {
    const parquet = await open(new Uint8Array(readFileSync(join(folder, 'snappy.parquet'))));
    const element = parquet.elements.find((column) => column.name === name)!;
    for (const load of [
      loadFlatCells(parquet, element, 'number', 0, rows),
      loadGeneralCells(parquet, element, 0, rows),
    ])
      for (const cell of Array.from((await load)?.cells ?? []).filter((cell) => typeof cell === 'number'))
        expect(cell).toBeOneOf([Number(cell.toFixed(scale)), Number.NaN]);
  });

  it.each([
    ['within a row group', 100, 900],
    ['over the end of one', 2000, 2100],
    ['to the end', 2047, rows],
  ])('rows %s', async (_, first, end) => {
    const parquet = await open(new Uint8Array(readFileSync(join(folder, 'zstd.parquet'))));
    for (const element of parquet.elements) await expectAlike(parquet, element, first, end);
  });

  it('small pages, required columns and columns without dictionary', async () => {
    const values = Float64Array.from({ length: rows }, (_, row) => Math.sin(row));
    const texts = Array.from({ length: rows }, (_, row) => `S${row >> 5}`);
    const columnData = [
      { name: 'required', data: values, type: 'DOUBLE', nullable: false },
      { name: 'optional', data: Array.from(values, (value, row) => (row % 7 < 2 ? null : value)), type: 'DOUBLE' },
      { name: 'text', data: texts, type: 'STRING', encoding: 'PLAIN' },
      { name: 'id', data: texts, type: 'STRING', nullable: false },
    ] as const;
    const parquet = await open(
      new Uint8Array(parquetWriteBuffer({ columnData: columnData as never, pageSize: 900, rowGroupSize: 1000 })),
    );
    for (const element of parquet.elements)
      for (const [first, end] of [
        [0, rows],
        [333, 1777],
      ] as const)
        expect([element.name, await expectAlike(parquet, element, first, end)]).toEqual([element.name, true]);
  });
});
