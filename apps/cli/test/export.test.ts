import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensemble, naive, seasonalNaive } from '@nt/forecast';
import { loadModelFolder, saveModelFolder } from '@nt/forecast/node';
import { needsOnnxruntime, runOnnx } from '@nt/onnx-tests';
import { createReferenceBackend } from '@nt/tensor/reference';
import { beforeAll, expect, it } from 'vitest';
import { day, wave } from './field-case-table/field-case.ts';
import { ntInside } from './run-inside.ts';
import { nt, temporaryFolder } from './run-nt.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const days = 60;
const value = (series: number, step: number): number => 10 ** series * wave(step);

beforeAll(async () => {
  const rows = ['a', 'b'].flatMap((id, k) =>
    Array.from({ length: days }, (_, step) => `${id},${day('2024-01-01', step)},${value(k, step)}`),
  );
  writeFileSync(at('two.csv'), `id,ds,y\n${rows.join('\n')}\n`);
  const small = ['--input-size', '6', '--horizon', '2', '--hidden-size', '3', '--epochs', '1', '--batch-size', '16'];
  const words = ['train', '-d', at('two.csv'), '--id', 'id', ...small, '-o', at('model')];
  expect((await nt(folder, ...words)).code).toBe(0);
  const backend = createReferenceBackend();
  const network = await loadModelFolder(backend, at('model'));
  await saveModelFolder(ensemble([naive(2), network]), at('mixed'));
  await saveModelFolder(seasonalNaive(2, 7), at('rule'));
});

it.skipIf(!needsOnnxruntime('cli'))('onnxruntime forecasts from the file what nt forecast does', async () => {
  const onnx = mkdtempSync(join(tmpdir(), 'cli-onnx-'));
  const told = await nt(folder, 'export', 'model', '-o', join(onnx, 'all.onnx'), '--json');
  expect(told.code).toBe(0);
  expect(JSON.parse(told.stdout)).toMatchObject({ format: 'onnx', method: 'nhits', horizon: 2 });
  const last = (series: number): number[] => Array.from({ length: 6 }, (_, k) => value(series, days - 6 + k));
  const both = {
    input: [
      [2, 6],
      [...last(0), ...last(1)],
    ],
    series: [[2], [0, 1]],
  };
  writeFileSync(join(onnx, 'all.json'), JSON.stringify(both));
  const member = ['export', 'mixed', '--member', '1', '--series', 'b', '--mask', '-o', join(onnx, 'one.onnx')];
  expect((await nt(folder, ...member)).code).toBe(0);
  writeFileSync(
    join(onnx, 'one.json'),
    JSON.stringify({ input: [[1, 6], last(1)], inputMask: [[1, 6], last(1).map(() => 1)] }),
  );
  const found = runOnnx<{ forecast: number[] }>(onnx);
  const { stdout } = await nt(folder, 'forecast', '-m', 'model', '--json', '--quiet');
  const forecasts = (JSON.parse(stdout) as { series: { values: number[] }[] }).series.map(({ values }) => values);
  const near = (got: number[], wanted: number[]): void => {
    expect(got).toHaveLength(wanted.length);
    wanted.forEach((y, i) => {
      expect(got[i]! / y).toBeCloseTo(1, 4);
    });
  };
  near(found['all']!.forecast, forecasts.flat());
  near(found['one']!.forecast, forecasts[1]!);
});

it('safetensors are the weights of the model', async () => {
  const { code, stderr } = await ntInside('export', at('model'), '-o', at('w.safetensors'));
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/nhits written to .*w\.safetensors as safetensors, \d+ KiB/),
  ]);
  expect(readFileSync(at('w.safetensors'))).toEqual(readFileSync(join(at('model'), 'model.safetensors')));
});

it('flags of the file show in it: one series, the scale of the network, a mask', async () => {
  const text = async (...flags: string[]): Promise<string> => {
    expect((await ntInside('export', at('model'), '--format', 'onnx', '-o', at('x.bin'), ...flags)).code).toBe(0);
    return readFileSync(at('x.bin'), 'latin1');
  };
  const plain = await text();
  expect(plain).toContain('["a","b"]');
  expect(await text('--series', 'b')).toContain('["b"]');
  expect(await text('--scaling', 'none')).not.toContain('Gather');
  expect(plain).toContain('Gather');
  expect(plain).not.toContain('inputMask');
  expect(await text('--mask')).toContain('inputMask');
});

it.each<[title: string, words: readonly string[], code: number, message: RegExp]>([
  ['no model', ['nowhere'], 1, /no model in 'nowhere'/],
  ['a format that is none', ['model', '--format', 'pt'], 2, /onnx, safetensors/],
  ['a file whose name says nothing', ['model', '-o', 'model.pt'], 2, /--format onnx or --format safetensors/],
  ['a folder as file', ['model', '-o', 'model'], 2, /say what to write|this is a folder/],
  ['a model made of others', ['mixed'], 2, /choose one: --member 0 \(naive\), --member 1 \(nhits\)/],
  ['a member that is not there', ['mixed', '--member', '7'], 2, /--member 7: there is --member 0/],
  ['a member of a network', ['mixed', '--member', '1/0'], 2, /nhits has no members/],
  ['a member that is no number', ['mixed', '--member', 'first'], 2, /number of a member/],
  ['a rule as a network', ['rule'], 1, /no network \(baseline\)/],
  ['a rule as weights', ['rule', '--format', 'safetensors'], 2, /a rule and has no weights/],
  ['a series that is not there', ['model', '--series', 'z'], 1, /trained on: a, b/],
  ['flags of the other format', ['model', '-o', 'x.safetensors', '--mask'], 2, /--mask is for ONNX/],
])('%s is told, and nothing is written', async (_title, words, code, message) => {
  const before = readdirSync(folder).sort();
  const result = await nt(folder, 'export', ...words);
  expect([result.code, result.stdout, result.stderr]).toEqual([code, '', expect.stringMatching(message)]);
  expect(readdirSync(folder).sort()).toEqual(before);
  expect(existsSync(at('model.onnx'))).toBe(false);
});
