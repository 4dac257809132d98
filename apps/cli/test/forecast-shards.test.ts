import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readParquet } from '@nt/data/parquet';
import { nodeStorage } from '@nt/trainer/storage/node';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { needsSignals } from './needs.ts';
import { nt, type RunningNt, startNt, temporaryFolder } from './run-nt.ts';
import { panelRows, trainOnPanel, writePanel } from './write-panel.ts';

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
  await trainOnPanel(folder);
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

it('two forecasts do not write one file', async () => {
  const lock = await nodeStorage(at('held.csv.shards')).lock();
  const { code, stderr } = await nt(folder, ...forecast, '--shards', '4', '-o', 'held.csv');
  expect([code, stderr]).toEqual([1, expect.stringContaining(`is in use by process ${process.pid}`)]);
  await lock.release();
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
