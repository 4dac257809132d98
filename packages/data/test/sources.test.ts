import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeArrow } from '../src/arrow/index.ts';
import { readCsv } from '../src/index.ts';
import { readTable } from '../src/node/index.ts';
import { loadBytes } from '../src/node/load-bytes.ts';
import { sniffFormat } from '../src/source/sniff-format.ts';
import { dailyCsv, errorOf } from './support/bytes.ts';

const values = [1, 2, 4, 8, 16];
const csv = dailyCsv(values);
const rows = csv
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => ({ ds: line.split(',')[0]!, y: Number(line.split(',')[1]) }));
const text = (content: string) => new TextEncoder().encode(content);

/** The same series in every format. */
const files: Readonly<Record<string, () => Promise<Uint8Array> | Uint8Array>> = {
  csv: () => text(csv),
  'csv after a byte-order mark': () => text(`\ufeff${csv}`),
  'csv in UTF-16': () => new Uint8Array(Buffer.from(`\ufeff${csv}`, 'utf16le')),
  'csv with semicolons': () => text(csv.replaceAll(',', ';')),
  tsv: () => text(csv.replaceAll(',', '\t')),
  'csv packed by gzip': () => gzipSync(csv),
  json: () => text(JSON.stringify(rows)),
  'json of columns': () => text(JSON.stringify({ ds: rows.map(({ ds }) => ds), y: rows.map(({ y }) => y) })),
  'json lines': () => text(rows.map((row) => JSON.stringify(row)).join('\n')),
  'json lines packed by gzip': () => gzipSync(rows.map((row) => JSON.stringify(row)).join('\n')),
  tsf: () =>
    text(
      `# a comment\n@relation x\n@attribute series_name string\n@attribute start_timestamp date\n@frequency daily\n@data\nT1:${rows[0]!.ds} 00-00-00:${values.join(',')}\n`,
    ),
  parquet: () =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'ds', data: rows.map(({ ds }) => new Date(ds)), type: 'TIMESTAMP' },
          { name: 'y', data: values, type: 'DOUBLE' },
        ],
      }),
    ),
  arrow: async () => writeArrow(await readCsv(text(csv))),
};

const folder = mkdtempSync(join(tmpdir(), 'nt-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('data without a name', () => {
  it.each(Object.keys(files))('are known by their first bytes: %s', async (kind) => {
    const bytes = await files[kind]!();
    // One byte at a time: what decides must not depend on how the bytes come.
    const loaded = await loadBytes({ name: 'stdin', chunks: bytewise(bytes) }, () => ({}));
    expect([...loaded.table.numbers.values()].map((column) => [...column])).toEqual([values]);
  });

  it('an empty pipe, a page and a workbook are told as what they are', async () => {
    const load = (bytes: Uint8Array) =>
      errorOf(() => loadBytes({ name: 'stdin', chunks: bytewise(bytes) }, () => ({})));
    expect((await load(new Uint8Array())).message).toMatch(/stdin: the file is empty/);
    expect((await load(text('<!doctype html><p>Not found'))).message).toMatch(/page of HTML/);
    expect((await load(text('PK\x03\x04rest of it'))).message).toMatch(/workbook/);
    expect(sniffFormat(text('@home,y\n2024-01-01,1'))).toBe('csv');
  });
});

describe('a folder', () => {
  it('is its data files, notes beside them left alone', async () => {
    const prices = join(folder, 'prices');
    mkdirSync(join(prices, 'old'), { recursive: true });
    writeFileSync(join(prices, 'B.csv'), dailyCsv([3, 4]));
    writeFileSync(join(prices, 'A.csv.gz'), gzipSync(dailyCsv([1, 2])));
    writeFileSync(join(prices, 'README.md'), 'notes');
    writeFileSync(join(prices, '.hidden.csv'), 'no data');
    expect((await readTable(prices)).ids).toEqual(['A', 'B']);
    writeFileSync(join(prices, 'meta.json'), '{}');
    const mixed = await errorOf(() => readTable(prices));
    expect(mixed.message).toMatch(/a folder with 2 \.csv, 1 \.json; name those that are meant: .*[\\/]\*\.csv/);
    expect((await errorOf(() => readTable(join(prices, 'old')))).message).toMatch(/a folder without a data file/);
  });
});

describe('an address', () => {
  const answers: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
    '/a/births.csv': (_, response) => response.end(csv),
    '/100%25%zz.csv': (_, response) => response.end(csv),
    '/packed.csv.gz': (_, response) => response.end(gzipSync(csv)),
    '/encoded.csv': (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(csv)),
    '/api': (_, response) =>
      response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(rows)),
    '/unnamed': (_, response) => response.setHeader('content-type', 'application/octet-stream').end(csv),
    '/moved': (_, response) => response.writeHead(302, { location: '/a/births.csv' }).end(),
    '/secret.csv': (_, response) => response.writeHead(403).end('no'),
    '/down.csv': (_, response) => response.writeHead(503).end(),
    '/page.csv': (_, response) => response.end('<html>not found</html>'),
    '/broken.csv': (_, response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write(csv, () => response.destroy());
    },
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url!.split('?')[0]!];
    if (answer) answer(request, response);
    else response.writeHead(404, 'Not Found').end();
  });
  let base = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it.each([
    '/a/births.csv',
    '/packed.csv.gz',
    '/encoded.csv',
    '/api',
    '/unnamed',
    '/moved',
    '/100%25%zz.csv',
    '/a/births.csv?token=hidden',
  ])('is fetched: %s', async (path) => {
    const { values: read, report } = await readTable(`${base}${path}`);
    expect([...read]).toEqual(values);
    expect(report.notices[0]).toMatch(/^\d+ bytes fetched from 127\.0\.0\.1:\d+$/);
    expect(JSON.stringify(report)).not.toContain('hidden');
  });

  it('makes no room for a length that cannot be', async () => {
    for (const length of ['9000000000000000', '1', 'much']) {
      const set = await readCsv(new Response(csv, { headers: { 'content-length': length } }));
      expect([...set.values]).toEqual(values);
    }
  });

  it.each([
    ['/nothing.csv', 'data/missing-file', /\/nothing\.csv: the server answered 404 Not Found; check the address/],
    ['/secret.csv?key=hidden', 'data/missing-file', /403 Forbidden; it wants to know who asks: .*through a pipe/],
    ['/down.csv', 'data/missing-file', /503 Service Unavailable; that is its own trouble/],
    ['/page.csv', 'data/unknown-format', /page\.csv: this is a page of HTML/],
    ['/broken.csv', 'data/corrupt-file', /broken\.csv: the connection broke after \d+ bytes/],
  ])('that gives nothing is told: %s', async (path, code, message) => {
    const error = await errorOf(() => readTable(`${base}${path}`));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
    expect(error.message).not.toContain('hidden');
  });

  it.each([
    ['http://127.0.0.1:9/x.csv', 'data/missing-file', /127\.0\.0\.1:9\/x\.csv: .*; check the address/],
    ['http://nowhere.invalid/x.csv', 'data/missing-file', /there is no such host|cannot be looked up/],
    ['ftp://host/x.csv', 'data/bad-option', /addresses of ftp:\/\/ are not fetched, only http and https/],
    ['hdfs://host/x.parquet', 'data/bad-option', /addresses of hdfs:\/\//],
    ['https://', 'data/bad-option', /no address/],
    ['https://me:word@host/x.csv', 'data/bad-option', /https:\/\/…@host\/x\.csv: a password in an address/],
  ])('of another kind is refused: %s', async (address, code, message) => {
    const error = await errorOf(() => readTable(address));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
    expect(error.message).not.toContain('word@');
  });
});

describe('a remembered reading', () => {
  it('holds where nothing is told, and leaves out what another format has no use for', async () => {
    writeFileSync(join(folder, 'told.csv'), csv.replaceAll(',', ';'));
    writeFileSync(join(folder, 'next.json'), JSON.stringify(rows));
    const { reading } = await readTable(join(folder, 'told.csv'), { delimiter: ';', missing: 'linear' });
    expect(reading).toMatchObject({ delimiter: ';', missing: 'linear' });
    const next = await readTable(join(folder, 'next.json'), {}, reading);
    expect([[...next.values], next.reading]).toEqual([values, expect.objectContaining({ missing: 'linear' })]);
    await expect(readTable(join(folder, 'next.json'), { delimiter: ';' }, reading)).rejects.toThrow(
      /has no use for delimiter/,
    );
    const other = await readTable(join(folder, 'told.csv'), { missing: 'zero' }, reading);
    expect(other.reading.missing).toBe('zero');
  });
});

async function* bytewise(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  // The piece is used again, as those of a file are.
  const piece = new Uint8Array(1);
  for (const byte of bytes) {
    piece[0] = byte;
    yield piece;
  }
}
