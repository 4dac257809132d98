import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readParquet } from '@nt/data/parquet';
import { type Job, type Json, jobOf } from '@nt/jobs';
import { folderQueue } from '@nt/jobs/folder';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ntVersion } from '../src/jobs/nt-version.ts';
import { modelReference } from '../src/shards/model-reference.ts';
import { sourceInShards } from '../src/shards/source-in-shards.ts';
import { needsSignals } from './needs.ts';
import { ntInside } from './run-inside.ts';
import { nt, type RunningNt, startNt, temporaryFolder } from './run-nt.ts';
import { panelRows, writePanel } from './write-panel.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const read = (name: string): string => readFileSync(at(name), 'utf8');
const forecast = ['forecast', '-m', 'model', '--quiet'] as const;

beforeAll(async () => {
  const rows = panelRows(13, 40);
  // Row groups that end in the middle of a series, and a series of which nothing was observed lately.
  writePanel(at('panel.parquet'), rows, 90);
  const silent = Float64Array.from(rows.values, (value, row) =>
    Math.floor(row / 40) === 12 && row % 40 > 20 ? Number.NaN : value,
  );
  writePanel(at('silent.parquet'), { ...rows, values: silent }, 90);
  mkdirSync(at('files'));
  writePanel(at('files', 'a.parquet'), panelRows(6, 40), 90);
  writePanel(at('files', 'b.parquet'), panelRows(7, 40, 6), 1000);
  const words = ['--horizon', '3', '--input-size', '8', '--hidden-size', '4', '--variant', 'paper', '--n-stacks', '1'];
  const { code, stderr } = await nt(
    folder,
    ...['train', '-d', 'panel.parquet', '--target', 'y', '--id', 'unique_id'],
    ...words,
    '--loss',
    'quantile:quantiles=0.1,0.5,0.9',
    '--epochs',
    '1',
    '-o',
    'model',
  );
  expect([code, stderr]).toEqual([0, expect.anything()]);
  for (const ending of ['csv', 'tsv', 'jsonl', 'parquet'])
    expect((await nt(folder, ...forecast, '-o', `whole.${ending}`)).code).toBe(0);
});

const workers: RunningNt[] = [];
afterEach(async () => {
  for (const worker of workers) worker.process.kill('SIGKILL');
  await Promise.all(workers.splice(0).map(({ ended }) => ended));
});
const startWorker = (...words: string[]): RunningNt => {
  const worker = startNt(folder, 'worker', ...words);
  workers.push(worker);
  return worker;
};
const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('the bytes of a forecast of all series at once', () => {
  it.each<[name: string, words: string[]]>([
    ['csv', ['--shards', '4']],
    ['tsv', ['--shards', '13']],
    ['jsonl', ['--shards', '1']],
    ['csv', ['--shards', '5', '--jobs', '2']],
    ['csv', ['-d', 'files', '--shards', '3']],
    ['csv', ['-d', 'files/*.parquet', '--shards', '13']],
    ['csv', ['--jobs', '2']],
  ])('.%s %j', async (ending, words) => {
    const { code, stderr } = await nt(folder, ...forecast, ...words, '-o', `parts.${ending}`);
    expect([code, stderr]).toEqual([0, '']);
    expect(read(`parts.${ending}`)).toBe(read(`whole.${ending}`));
    expect(existsSync(at(`parts.${ending}.shards`))).toBe(false);
  });

  it('.parquet has the same rows, a row group for each shard', async () => {
    expect((await nt(folder, ...forecast, '--shards', '4', '-o', 'parts.parquet')).code).toBe(0);
    const [one, four] = await Promise.all(
      ['whole', 'parts'].map((name) =>
        readParquet(readFileSync(at(`${name}.parquet`)), {
          id: 'unique_id',
          target: 'y',
          historic: ['y-lo-80', 'y-hi-80'],
        }),
      ),
    );
    expect({ ...four, report: null }).toEqual({ ...one, report: null });
  });

  it('levels, quantiles and a longer horizon are asked of each shard', async () => {
    for (const [name, words] of Object.entries({
      levels: ['--levels', '80'],
      quantiles: ['--quantiles', '0.1,0.9'],
      longer: ['--horizon', '7'],
    })) {
      expect((await nt(folder, ...forecast, ...words, '-o', `${name}-1.csv`)).code).toBe(0);
      expect((await nt(folder, ...forecast, ...words, '-o', `${name}-4.csv`, '--shards', '4')).code).toBe(0);
      expect([name, read(`${name}-4.csv`)]).toEqual([name, read(`${name}-1.csv`)]);
    }
  });

  it('series of which nothing was observed are left out and told, also where a shard has no other', async () => {
    expect(
      (await nt(folder, ...forecast, '-d', 'silent.parquet', '--missing', 'mask', '-o', 'silent-1.csv')).code,
    ).toBe(0);
    const { code, stderr } = await nt(
      folder,
      'forecast',
      '-m',
      'model',
      '-d',
      'silent.parquet',
      '--missing',
      'mask',
      '-o',
      'silent-13.csv',
      '--shards',
      '13',
    );
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/forecast of y: 12 of 13 series, 3 time steps[\s\S]*nothing was observed[\s\S]*s0012/),
    ]);
    expect(read('silent-13.csv')).toBe(read('silent-1.csv'));
  });

  it('by workers of a queue, of which one is killed', async () => {
    const client = startNt(folder, ...forecast, '--shards', '13', '--queue', 'queue', '-o', 'queued.csv');
    const first = startWorker('--queue', 'queue', '--lease', '2');
    await until(() => /: done/.test(first.stderr()));
    first.process.kill('SIGKILL');
    startWorker('--queue', 'queue', '--lease', '2', '--jobs', '2');
    const { code, stderr } = await client.ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(read('queued.csv')).toBe(read('whole.csv'));
    const { stdout } = await nt(folder, 'jobs', 'status', '--queue', 'queue', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ waiting: 0, done: 0, failed: 0 });
  });
});

describe('what was finished is kept', () => {
  const parts = (name: string): string[] =>
    existsSync(at(name)) ? readdirSync(at(name)).filter((one) => one.endsWith('.part')) : [];

  it.runIf(needsSignals())('Ctrl-C, then nt resume: finished shards are not forecast again', async () => {
    const client = startNt(folder, 'forecast', '-m', 'model', '--shards', '13', '--queue', 'left', '-o', 'left.csv');
    const worker = startWorker('--queue', 'left', '--lease', '2');
    await until(() => parts('left.csv.shards').length >= 2);
    worker.process.kill('SIGKILL');
    client.process.kill('SIGINT');
    const { code, stderr } = await client.ended;
    expect([code, stderr]).toEqual([
      130,
      expect.stringMatching(/finished shards are kept[\s\S]*nt resume .*left\.csv\.shards/),
    ]);
    expect(existsSync(at('left.csv'))).toBe(false);
    const kept = parts('left.csv.shards').map((name) => [name, readFileSync(at('left.csv.shards', name), 'utf8')]);
    // What is there is taken as it is: one that says something else shows in the result.
    const [[name, text]] = kept as [[string, string]];
    writeFileSync(at('left.csv.shards', name), text.replace(/^s/gm, 'kept-s'));
    startWorker('--queue', 'left', '--lease', '2', '--jobs', '2');
    const again = await nt(folder, 'resume', 'left.csv.shards');
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('13 of 13 done')]);
    expect(read('left.csv')).toContain('kept-s');
    expect(read('left.csv').replaceAll('kept-s', 's')).toBe(read('whole.csv'));
  });

  it('of other data, another model or another question nothing is taken', async () => {
    const name = 'other.csv.shards';
    const [plain, other] = [at('panel.parquet'), at('files', 'b.parquet')];
    const begun = async (data: string): Promise<void> => {
      expect((await nt(folder, ...forecast, '-d', data, '--shards', '2', '-o', 'other.csv')).code).toBe(0);
    };
    await begun(plain);
    mkdirSync(at(name));
    writeFileSync(at(name, `j${'0'.repeat(64)}.json`), '{}');
    writeFileSync(at(name, `j${'0'.repeat(64)}.part`), 'stale\n');
    await begun(other);
    expect(read('other.csv')).not.toContain('stale');
    expect(read('other.csv').split('\n')[1]).toMatch(/^s0006,/);
  });
});

describe('over HTTP', () => {
  it('only ranges are fetched, and the bytes are the same', async () => {
    const bytes = readFileSync(at('panel.parquet'));
    let fetched = 0;
    const server = createServer((request, response) => {
      const [, start, end] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
      const piece = bytes.subarray(Number(start), Number(end) + 1);
      fetched += piece.length;
      response.writeHead(206, { 'content-range': `bytes ${start}-${end}/${bytes.length}`, etag: '"1"' }).end(piece);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/panel.parquet`;
    try {
      const { code, stderr } = await nt(folder, ...forecast, '-d', address, '--shards', '3', '-o', 'http.csv');
      expect([code, stderr]).toEqual([0, '']);
      expect(read('http.csv')).toBe(read('whole.csv'));
      expect(fetched).toBeGreaterThan(0);
    } finally {
      server.close();
    }
  });
});

describe('a worker forecasts nothing but what it knows', () => {
  it('bad shards fail with their reason', async () => {
    const model = await modelReference(at('model'));
    const form = { ending: '.csv', asIntervals: true, withId: true };
    const work = {
      nt: ntVersion,
      engine: 'cpu',
      kernelSet: null,
      model,
      reading: { id: 'unique_id', target: 'y' },
      ask: {},
      form,
    };
    const span = { file: at('panel.parquet'), firstRow: 0, endRow: 40 };
    const shard = { spans: [span], sha256: '0'.repeat(64) };
    const job = (changes: object, other: object = {}): Job =>
      jobOf('forecast-shard', { work: { ...work, ...changes }, shard: { ...shard, ...other } } as unknown as Json);
    const bad: [Job, RegExp][] = [
      [job({}), /panel\.parquet: its content on this machine is not what the job was made of/],
      [job({ nt: '99.0.0' }), /it was made by nt 99\.0\.0/],
      [job({ script: 'x' }), /expected its work to have nt, engine/],
      [
        job({ model: { ...model, sha256: '0'.repeat(64) } }),
        /the model on this machine is not what the job was made of/,
      ],
      [job({ model: { ...model, folder: 'model' } }), /model: expected an absolute path/],
      [job({ model: { ...model, folder: '/nowhere' } }), /there is no model on this machine/],
      [job({ ask: { future: 'x' } }), /'future' is nothing that can be asked/],
      [job({ form: { ...form, ending: '.sh' } }), /form: expected/],
      [job({ reading: { targget: 'y' } }), /targget/],
      [job({}, { spans: [] }), /shard: expected rows of files/],
      [job({}, { spans: [{ ...span, file: 'panel.parquet' }] }), /shard: expected rows of files/],
      [job({}, { spans: [{ ...span, endRow: 0 }] }), /shard: expected rows of files/],
      [job({}, { spans: [{ ...span, file: '/dev/zero' }] }), /there is no such file/],
      [job({}, { spans: [{ ...span, file: 'http://127.0.0.1:1/a.parquet' }] }), /shard: expected rows of files/],
    ];
    const queue = folderQueue(at('bad'));
    for (const [one] of bad) await queue.submit(one, { attempts: 1 });
    expect((await nt(folder, 'worker', '--queue', 'bad', '--idle', '0.2', '--quiet')).code).toBe(0);
    for (const [one, reason] of bad)
      expect(await queue.look(one.id)).toEqual({ state: 'failed', reason: expect.stringMatching(reason) });
  });
});

describe('without being told', () => {
  it('large Parquet files go in shards where that can be, others do not', async () => {
    const columnData = [{ name: 'y', data: new Float64Array(2_000_001), type: 'DOUBLE' as const, nullable: false }];
    writeFileSync(at('large.parquet'), new Uint8Array(parquetWriteBuffer({ columnData })));
    const given = { model: at('model'), data: at('large.parquet'), output: at('x.csv'), sketch: false };
    const chosen = (more: object): Promise<unknown> => sourceInShards({ ...given, ...more }, false);
    expect(await chosen({})).toEqual({ source: at('large.parquet'), isAsked: false });
    expect(await chosen({ jobs: 2 })).toEqual({ source: at('large.parquet'), isAsked: true });
    for (const more of [
      { output: undefined },
      { output: 'x.json' },
      { plot: 'x.svg' },
      { json: true },
      { futureData: 'x' },
    ])
      expect([more, await chosen(more)]).toEqual([more, null]);
    for (const name of ['panel.parquet', 'files', 'none.parquet', 'none.csv'])
      expect(await chosen({ data: at(name) })).toBeNull();
    // No shards as it is: read at once, which is said.
    const { stderr } = await ntInside('forecast', '-m', at('model'), '-d', at('large.parquet'), '-o', at('x.csv'));
    expect(stderr).toMatch(/note: read as a whole, not in shards: /);
  });
});

describe('what cannot be done in shards', () => {
  const words = (...more: string[]): string[] => ['forecast', '-m', at('model'), '-d', at('panel.parquet'), ...more];
  it.each<[flags: string[], code: number, message: RegExp]>([
    [['--shards', '2'], 2, /--shards 2: forecasts in shards go into a file; name it with -o/],
    [
      ['--jobs', '2', '-o', 'x.arrow'],
      2,
      /--jobs 2: forecasts in shards are written as \.csv, \.tsv, \.jsonl, \.parquet/,
    ],
    [['--shards', '2', '-o', 'x.csv', '--plot', 'x.svg'], 2, /--shards 2: .*leave --plot out/],
    [['--shards', '2', '-o', 'x.csv', '--future-data', 'x.csv'], 2, /leave --future-data out/],
    [['--queue', 'mysql://h', '-o', 'x.csv'], 2, /--queue: A queue is a folder/],
    [['--attempts', '2', '-o', 'x.csv'], 2, /--attempts 2: jobs are tried again with --queue only/],
    [['--shards', '99', '-o', 'x.csv'], 1, /at most 13, the number of series/],
    [['--shards', '2', '-o', 'x.csv', '--quantiles', '0.4'], 2, /The model gives the quantiles 0\.1, 0\.5, 0\.9/],
    [['--shards', '2', '-o', 'x.csv', '-d', '-'], 2, /shards are read from files/],
  ])('%j', async (flags, code, message) => {
    const told = flags.map((word) => (/^x\./.test(word) ? at(word) : word));
    const found = await ntInside(...words(...told));
    expect([found.code, found.stderr]).toEqual([code, expect.stringMatching(message)]);
  });

  it('a CSV file says how it becomes Parquet, an unsorted one by which series', async () => {
    writeFileSync(at('panel.csv'), 'unique_id,ds,y\na,2024-01-01,1\n');
    const csv = await ntInside(...words('-d', at('panel.csv'), '--shards', '2', '-o', at('x.csv')));
    expect([csv.code, csv.stderr]).toEqual([
      1,
      expect.stringMatching(/only Parquet files are read part by part.*ORDER BY/),
    ]);
    const { ids, times, values } = panelRows(2, 40);
    writePanel(at('mixed.parquet'), { ids: ids.map((_, row) => ids[(row % 2) * 40]!), times, values }, 1000);
    const mixed = await ntInside(...words('-d', at('mixed.parquet'), '--shards', '2', '-o', at('x.csv')));
    expect([mixed.code, mixed.stderr]).toEqual([
      1,
      expect.stringMatching(/row 3: rows of series 's0000' lie in two places/),
    ]);
    rmSync(at('mixed.parquet'));
  });
});
