import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { needsBash } from './needs.ts';
import { type NtResult, nt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
writeBirths(folder, 60);
const csv = readFileSync(join(folder, 'births.csv'), 'utf8');
const json = JSON.stringify(
  csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([date, births]) => ({ date, births: Number(births) })),
);
const flags = tiny.filter((word) => word !== '-d' && word !== 'births.csv');

/** `printf … | nt …` */
function piped(input: string | Uint8Array, ...words: readonly string[]): Promise<NtResult> {
  const child = spawn(process.execPath, [inject('nt'), ...words], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', NT_THREADS: '1' },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {}); // a command that fails early reads nothing
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** A line as a person types it, with `nt` in it. */
function inBash(line: string): Promise<NtResult> {
  const script = `nt() { '${process.execPath}' '${inject('nt')}' "$@"; }; ${line}`;
  const env = { ...process.env, NO_COLOR: '1', NT_THREADS: '1' };
  return new Promise((resolve) => {
    execFile('bash', ['-c', script], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

beforeAll(async () => {
  expect(await piped(csv, ...flags, '-d', '-', '-o', 'model')).toMatchObject({ code: 0 });
});

it.each([1, 2])('whoever reads file %i may leave: the training goes on', async (descriptor) => {
  const child = spawn(process.execPath, [inject('nt'), ...tiny, '-o', `left${descriptor}`], { cwd: folder });
  const others = child.stdio[3 - descriptor] as NodeJS.ReadableStream;
  let text = '';
  others.on('data', (chunk) => {
    text += chunk;
  });
  (child.stdio[descriptor] as NodeJS.ReadableStream & { destroy(): void }).destroy();
  expect([await new Promise((resolve) => child.on('close', resolve)), text]).toEqual([
    0,
    expect.not.stringMatching(/EPIPE/),
  ]);
  expect(existsSync(join(folder, `left${descriptor}`, 'metrics.json'))).toBe(true);
});

describe('what is piped in', () => {
  it('trains a model that reads the next data, of whatever format, as these', async () => {
    const fromFile = await nt(folder, 'forecast', '-m', 'model', '-d', 'births.csv', '--quiet');
    expect(fromFile.code).toBe(0);
    for (const input of [csv, gzipSync(csv), json]) {
      const fromPipe = await piped(input, 'forecast', '-m', 'model', '-d', '-', '--quiet');
      expect(fromPipe).toEqual(fromFile);
    }
  });

  it('is not there a second time: the commands that follow say so', async () => {
    expect(await nt(folder, 'forecast', '-m', 'model')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/trained on data that were piped in; name a file with -d FILE/),
    });
    const told = await nt(folder, 'info', 'model');
    expect(told.stdout).toMatch(/trained on data that were piped in[\s\S]*next: nt forecast -m model -d FILE/);
  });

  it('and is nothing', async () => {
    const { code, stderr } = await piped('', ...flags, '-d', '-', '-o', 'other');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/stdin: the file is empty/)]);
  });

  it.runIf(needsBash()).each([
    [csv, 'csv'],
    [json, 'json'],
  ])('may be what a shell makes of <(cmd), format told by the first bytes', async (text, ending) => {
    writeFileSync(join(folder, 'named-otherwise'), text);
    const words = [...flags, '-d', '<(cat named-otherwise)', '-o', `of-shell-${ending}`];
    const trained = await inBash(`nt ${words.join(' ')}`);
    expect(trained).toMatchObject({ code: 0, stderr: expect.stringMatching(/next: nt forecast -m \S+ -d FILE/) });
    expect(await nt(folder, 'forecast', '-m', `of-shell-${ending}`)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/trained on data that were piped in/),
    });
    const jobs = await inBash('nt backtest -d <(cat named-otherwise) --target births --folds 2 --jobs 2 -o jobs');
    expect(jobs).toMatchObject({ code: 2, stderr: expect.stringMatching(/can be read once only/) });
  });

  it('is the way for a file whose name tells no format, and the error says so', async () => {
    for (const name of ['no-ending', 'births.foo']) {
      writeFileSync(join(folder, name), csv);
      const { code, stderr } = await nt(folder, ...flags, '-d', name, '-o', 'none');
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/or pipe it in \(-d - < FILE\), and its first bytes tell/),
      ]);
    }
  });

  it('is told about by nt info', async () => {
    expect((await piped(csv, 'info', '-', '--target', 'births')).stdout).toMatch(
      /stdin: 60 rows read[\s\S]*next: nt train -d FILE --target births -o model/,
    );
  });
});

describe('an address', () => {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/births.csv')) response.end(csv);
    else response.writeHead(404, 'Not Found').end();
  });
  let base = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('is learned from, and asked again for the forecast', async () => {
    const trained = await nt(folder, ...flags, '-d', `${base}/births.csv`, '-o', 'fetched');
    expect([trained.code, trained.stderr]).toEqual([0, expect.stringMatching(/\d+ bytes fetched from 127\.0\.0\.1/)]);
    expect(trained.stderr).toContain(`next: nt forecast -m fetched -d ${base}/births.csv`);
    expect(await nt(folder, 'forecast', '-m', 'fetched', '--quiet')).toMatchObject({ code: 0 });
  });

  it('that is wrong ends with exit code 1 and leaves nothing', async () => {
    const { code, stderr } = await nt(folder, ...flags, '-d', `${base}/other.csv`, '-o', 'none');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/other\.csv: the server answered 404 Not Found; check/)]);
  });
});
