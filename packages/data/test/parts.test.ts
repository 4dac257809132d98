import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, describe, expect, it } from 'vitest';
import type { SeriesSet } from '../src/index.ts';
import { openParts, openShardFiles, type PartSizes, readTable } from '../src/node/index.ts';
import { panelFolder } from './support/panel-files.ts';

const folder = panelFolder();
const at = (...names: string[]): string => join(folder, ...names);

/** Series in the order of their names here, which is not that of texts. */
function writeRows(path: string, ids: readonly string[], steps: number, group: number): void {
  const rows = ids.flatMap((id, series) => Array.from({ length: steps }, (_, step) => ({ id, series, step })));
  const columnData = [
    { name: 'id', data: rows.map(({ id }) => id), type: 'STRING' as const, nullable: false },
    {
      name: 'ds',
      data: rows.map(({ step }) => new Date(Date.UTC(2024, 0, 1 + step))),
      type: 'TIMESTAMP' as const,
      nullable: false,
    },
    {
      name: 'y',
      data: Float64Array.from(rows, ({ series, step }) => 10 * series + Math.sin(step)),
      type: 'DOUBLE' as const,
      nullable: false,
    },
    { name: 'x', data: Float64Array.from(rows, ({ step }) => step % 7), type: 'DOUBLE' as const, nullable: false },
  ];
  writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: group })));
}

const names = (first: number, count: number): string[] => Array.from({ length: count }, (_, k) => String(first + k));
const options = { id: 'id', target: 'y', historic: ['x'] } as const;
writeRows(at('one.parquet'), names(8, 11), 20, 33);
mkdirSync(at('two'));
writeRows(at('two', 'a.parquet'), names(8, 5), 20, 33);
writeRows(at('two', 'b.parquet'), names(13, 6), 20, 1000);
mkdirSync(at('each'));
for (const name of ['red', 'green', 'blue']) writeRows(at('each', `${name}.parquet`), ['unused'], 20, 7);

/** What is forecast from; reports differ. */
const content = ({ report: _, values, historic, ...set }: SeriesSet) => ({
  ...set,
  values: [...values],
  historic: [...historic!.values],
});

function joined(parts: readonly SeriesSet[]) {
  const all = parts.map(content);
  return {
    ids: all.flatMap(({ ids }) => ids),
    values: all.flatMap(({ values }) => values),
    historic: all.flatMap(({ historic }) => historic),
    lengths: all.flatMap(({ lengths }) => [...lengths]),
    starts: all.flatMap(({ starts }) => [...starts]),
  };
}

describe('parts of the series of sorted Parquet files', () => {
  it.each([
    ['one file', 'one.parquet', 1],
    ['one file', 'one.parquet', 4],
    ['one file', 'one.parquet', 11],
    ['a folder', 'two', 3],
    ['a pattern', 'two/*.parquet', 11],
  ] as const)('are all of them, as they are read at once: %s %s in %i', async (_, path, count) => {
    const files = openParts(options);
    const { parts, series, rows, head } = await files.divide(at(path), { parts: count });
    expect([parts.length, series, rows, head.series]).toEqual([count, 11, 220, 1]);
    const sets: SeriesSet[] = [];
    for (const { spans } of parts) sets.push(await files.read(spans));
    expect(joined(sets)).toEqual(joined([await readTable(at(path), options)]));
    expect(content(await files.read(head.spans))).toEqual(content(await openParts(options).read(head.spans)));
  });

  it('a file for each series needs no id column', async () => {
    const roles = { target: 'y', historic: ['x'] };
    const files = openParts(roles);
    const { parts } = await files.divide(at('each'), { parts: 2 });
    const sets = [await files.read(parts[0]!.spans), await files.read(parts[1]!.spans)];
    expect(joined(sets)).toEqual(joined([await readTable(at('each'), roles)]));
    expect(sets.flatMap(({ ids }) => ids)).toEqual(['blue', 'green', 'red']);
  });

  it('are as large as they may be, in whole batches where that is possible', async () => {
    writeRows(at('many.parquet'), names(1000, 1500), 2, 100);
    const sizes = async (limits: object) =>
      (await openParts(options).divide(at('many.parquet'), limits)).parts.map(({ series }) => series);
    expect(await sizes({})).toEqual([1500]);
    expect(await sizes({ mostRows: 1100 })).toEqual([512, 512, 476]);
    expect(await sizes({ mostSeries: 1024 })).toEqual([1024, 476]);
    expect(await sizes({ mostSeries: 700 })).toEqual([512, 512, 476]);
    expect(await sizes({ mostRows: 1 })).toEqual(Array(1500).fill(1));
  });

  it('are those of a long table', async () => {
    const series = (layout: 'long' | 'wide') =>
      openParts({ ...options, layout }).divide(at('one.parquet'), { parts: 1 });
    expect((await series('long')).series).toBe(11);
    await expect(series('wide')).rejects.toThrow(/a row for each time of a series/);
  });

  it('have an address that follows their content', async () => {
    const files = openParts(options);
    const { parts } = await files.divide(at('one.parquet'), { parts: 2 });
    const [first, second] = [await files.hash(parts[0]!.spans), await files.hash(parts[1]!.spans)];
    expect([first, second]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.not.stringMatching(first)]);
    const bytes = readFileSync(at('one.parquet'));
    bytes[60] = bytes[60]! ^ 1; // in the first row group
    writeFileSync(at('one.parquet'), bytes);
    const [changed, same] = [await openParts().hash(parts[0]!.spans), await openParts().hash(parts[1]!.spans)];
    expect([changed === first, same === second]).toEqual([false, true]);
    bytes[60] = bytes[60]! ^ 1;
    writeFileSync(at('one.parquet'), bytes);
  });

  it.each([
    ['no Parquet', 'x.csv', {}, 'data/unknown-format', /COPY \(SELECT \* FROM 'x\.csv' ORDER BY id, time\)/],
    ['no such file', 'none.parquet', {}, 'data/missing-file', /there is no such file/],
    ['more parts than series', 'one.parquet', { parts: 12 }, 'data/bad-option', /at most 11, the number of series/],
    ['no part', 'one.parquet', { parts: 0 }, 'data/bad-option', /parts/],
    ['another key', 'one.parquet', { part: 1 }, 'data/bad-option', /parts/],
  ] as const)('%s is an error', async (_, path, sizes, code, message) => {
    writeFileSync(at('x.csv'), 'id,ds,y\n');
    await expect(openParts(options).divide(at(path), sizes as PartSizes)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('one file without ids, rows of a series in two places, or in two files, are errors', async () => {
    const divide = (name: string, roles: object = options) => openParts(roles).divide(at(name));
    await expect(divide('one.parquet', { target: 'y' })).rejects.toMatchObject({ code: 'data/missing-column' });
    writeRows(at('twice.parquet'), ['a', 'b', 'a'], 2, 100);
    await expect(divide('twice.parquet')).rejects.toThrow(/row 5: rows of series 'a' lie in two places/);
    mkdirSync(at('split'));
    writeRows(at('split', '1.parquet'), ['a', 'b'], 2, 100);
    writeRows(at('split', '2.parquet'), ['b', 'c'], 2, 100);
    await expect(divide('split')).rejects.toThrow(/no series may lie in two files/);
  });
});

describe('a file on a web server', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  async function serve(answer: RequestListener): Promise<string> {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/one.parquet?key=secret`;
  }
  const bytes = readFileSync(at('one.parquet'));
  /** Answers ranges. @param tag of the file at the request of this number */
  function ranges(tag: (request: number) => string = () => 'v1') {
    const fetched: number[] = [];
    const answer: RequestListener = (request, response) => {
      const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      const piece = bytes.subarray(Number(start), Number(end) + 1);
      fetched.push(piece.length);
      response.writeHead(206, {
        'content-range': `bytes ${start}-${end}/${bytes.length}`,
        etag: `"${tag(fetched.length)}"`,
      });
      response.end(piece);
    };
    return { answer, fetched };
  }

  it('is read in the ranges that a part needs', async () => {
    const { answer, fetched } = ranges();
    const address = await serve(answer);
    const files = openParts(options);
    const { parts } = await files.divide(address, { parts: 11 });
    const before = fetched.reduce((sum, length) => sum + length, 0);
    const set = await files.read(parts[10]!.spans);
    const own = fetched.reduce((sum, length) => sum + length, 0) - before;
    expect(set.ids).toEqual(['18']);
    expect(own).toBeGreaterThan(0);
    expect(own).toBeLessThan(bytes.length / 3);
    const local = openParts(options);
    expect(content(set)).toEqual(
      content(await local.read((await local.divide(at('one.parquet'), { parts: 11 })).parts[10]!.spans)),
    );
  });

  it('gives the shards of training, too', async () => {
    const { answer } = ranges();
    const address = await serve(answer);
    const [web, disk] = [await openShardFiles(address, options), await openShardFiles(at('one.parquet'), options)];
    expect(content(await web.load(3, 6))).toEqual(content(await disk.load(3, 6)));
  });

  it('that has changed meanwhile is refused, and has another address', async () => {
    const { answer } = ranges((request) => (request > 8 ? 'v2' : 'v1'));
    const address = await serve(answer);
    const files = openParts(options);
    const error = await files
      .divide(address, { parts: 2 })
      .then(({ parts }) => files.read(parts[1]!.spans))
      .catch((one: unknown) => one);
    expect(error).toMatchObject({
      code: 'data/corrupt-file',
      message: expect.stringMatching(/one\.parquet: the file has changed on the server/),
    });
    expect((error as Error).message).not.toContain('secret');
    const span = [{ file: address, firstRow: 0, endRow: 20 }];
    const [one, two] = [await serve(ranges(() => 'v1').answer), await serve(ranges(() => 'v2').answer)];
    const hash = (file: string) => openParts(options).hash(span.map((each) => ({ ...each, file })));
    expect(await hash(one)).toBe(await hash(one));
    expect(await hash(one)).not.toBe(await hash(two));
  });

  it('without ranges, or without the file, is told', async () => {
    const whole = await serve((_, response) => response.end(bytes));
    await expect(openParts(options).divide(whole)).rejects.toThrow(
      /gives this file as a whole only \(no range requests\).*Download it once/,
    );
    const none = await serve((_, response) => response.writeHead(404).end());
    await expect(openParts(options).divide(none)).rejects.toThrow(
      /the server answered 404 Not Found; check the address/,
    );
  });

  it('of object storage needs an extension of DuckDB: told, with what to do; in parts it is not read', async () => {
    // Where the extension is installed it is the bucket that is not there.
    await expect(readTable('s3://no-such-bucket-of-nt/one.parquet', options)).rejects.toThrow(
      /^s3:.*(its extension httpfs, which is not installed.*INSTALL httpfs.*Or copy the files|DuckDB cannot read it)/s,
    );
    await expect(openParts(options).divide('s3://bucket/one.parquet')).rejects.toThrow(
      /addresses of s3:\/\/ are not fetched/,
    );
  });

  it('is asked again when the server was busy', async () => {
    const { answer } = ranges();
    let asked = 0;
    const address = await serve((request, response) =>
      asked++ === 0 ? response.writeHead(503).end() : answer(request, response),
    );
    expect((await openParts(options).divide(address)).series).toBe(11);
  });
});
