import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { nt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

/** Each start of a process reads, compiles and runs what it loads: a package here that nobody needed is a slower start. */
const folder = temporaryFolder();

beforeAll(async () => {
  writeBirths(folder, 60);
  await nt(folder, ...tiny, '-o', 'model');
});

/** Packages whose code a run of the bundled command has loaded, as Node counts it. */
async function loadedBy(...words: string[]): Promise<string[]> {
  const coverage = mkdtempSync(join(tmpdir(), 'nt-loaded-'));
  const before = process.env['NODE_V8_COVERAGE'];
  process.env['NODE_V8_COVERAGE'] = coverage;
  const run = nt(folder, ...words);
  if (before === undefined) delete process.env['NODE_V8_COVERAGE'];
  else process.env['NODE_V8_COVERAGE'] = before;
  const { code, stderr } = await run;
  expect([code, stderr]).toEqual([0, expect.anything()]);
  const packages = inject('packagesOf');
  const files = readdirSync(coverage).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8')) as { result: { url: string }[] };
    return result.filter(({ url }) => url.startsWith('file:')).map(({ url }) => fileURLToPath(url));
  });
  return [...new Set(files.flatMap((file) => packages[file.split(/[\\/]/).at(-1)!] ?? []))].sort();
}

const network = ['@nt/layers', '@nt/linear', '@nt/nbeats', '@nt/nhits', '@nt/optim', '@nt/schedulers', '@nt/trainer'];
const library = ['@nt/data', '@nt/forecast', '@nt/safetensors', '@nt/tensor', ...network, 'pure-rand'];
/** Of the report only what says a verdict: a picture would bring d3. */
const words = ['@nt/report'];
/** tfjs brings the last ones along. */
const engine = [
  ...['@nt/backend-cpu', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-core'],
  ...['long', 'node-fetch', 'seedrandom', 'tr46', 'webidl-conversions', 'whatwg-url'],
];

describe('what a start loads', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['nt --help', ['--help'], ['commander']],
    ['nt --version', ['--version'], ['commander']],
    ['nt doctor --help', ['doctor', '--help'], ['commander']],
    ['nt mcp --help', ['mcp', '--help'], ['commander']],
    ['nt forecast --help', ['forecast', '--help'], ['@nt/data', 'commander', 'pure-rand']],
    ['nt train --help', ['train', '--help'], ['commander', ...library]],
    [
      'a forecast of a CSV file',
      ['forecast', '-m', 'model', '--quiet'],
      ['commander', ...words, ...library, ...engine],
    ],
    ['a training', [...tiny, '-o', 'other'], ['commander', 'picocolors', ...words, ...library, ...engine]],
  ])('%s', async (_, typed, packages) => {
    expect(await loadedBy(...typed)).toEqual([...packages].sort());
  });

  it('what is left until it is asked for', async () => {
    const plotted = await loadedBy('forecast', '-m', 'model', '--quiet', '--plot', 'f.svg');
    expect(plotted).toEqual(expect.arrayContaining(['d3-scale', 'd3-shape']));
    const logged = await loadedBy(...tiny, '-o', 'third', '--tensorboard', 'logs');
    expect(logged).toContain('@nt/tensorboard');
  });
});
