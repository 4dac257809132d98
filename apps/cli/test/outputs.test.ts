import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { daily, day, wave } from './field-case-table/field-case.ts';
import { ntInside } from './run-inside.ts';
import { temporaryFolder } from './run-nt.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const small = ['--input-size', '14', '--horizon', '7', '--hidden-size', '8', '--epochs', '1', '--batch-size', '32'];
const explode = ['--lr', '1e6', '--loss', 'mse', '--clip', '0', '--schedule', 'constant', '--optimizer', 'sgd'];

beforeAll(async () => {
  writeFileSync(at('sales.csv'), daily());
  expect((await ntInside('train', '-d', at('sales.csv'), ...small, '-o', at('model'))).code).toBe(0);
});

it('forecast makes the folders of its files', async () => {
  const { code } = await ntInside(
    ...['forecast', '-m', at('model'), '--quiet', '-o', at('new', 'deep', 'f.csv'), '--plot', at('other', 'f.svg')],
  );
  expect(code).toBe(0);
  expect(readFileSync(at('new', 'deep', 'f.csv'), 'utf8')).toMatch(/^ds,sales\n2023-06-01,/);
  expect(readFileSync(at('other', 'f.svg'), 'utf8')).toMatch(/^<svg/);
});

it.each([
  ['a file where a folder is needed', ['--plot', at('sales.csv', 'f.svg')], /--plot .*sales\.csv' is a file/],
  ['a folder where a file is needed', ['--plot', at('model')], /--plot .*this is a folder/],
])('forecast: %s is found before anything is computed, and nothing is written', async (_, flags, message) => {
  const { code, stderr, stdout } = await ntInside('forecast', '-m', at('model'), '-o', at('half.csv'), ...flags);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(existsSync(at('half.csv'))).toBe(false);
});

it.each([
  ['--output', /--output .*is a file/],
  ['--checkpoint-dir', /--checkpoint-dir .*is a file/],
  ['--tensorboard', /--tensorboard .*is a file/],
  ['--log-csv', /--log-csv .*is a file/],
  ['--log-jsonl', /--log-jsonl .*is a file/],
])('train: a path of %s that cannot be is found before anything is read', async (flag, message) => {
  const { code, stderr } = await ntInside('train', '-d', at('nothing.csv'), ...small, flag, at('sales.csv', 'x'));
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

it('train --quiet prints its result on stdout and nothing else', async () => {
  const judged = await ntInside('train', '-d', at('sales.csv'), ...small, '--quiet', '-o', at('quiet'));
  expect(judged.stdout).toMatch(/^method +MAE.*\nnhits .*\nnaive .*\nseasonal naive .*\n(.*\n)+$/);
  expect(judged.stderr).toBe('');
  const all = ['--test-split', '0', '--quiet', '-o', at('all')];
  expect((await ntInside('train', '-d', at('sales.csv'), ...small, ...all)).stdout).toMatch(
    /^best validation loss [\d.]+ after update \d+\n$/,
  );
  const blind = ['--test-split', '0', '--val-split', '0', '--quiet', '-o', at('blind')];
  expect((await ntInside('train', '-d', at('sales.csv'), ...small, ...blind)).stdout).toMatch(
    /^best training loss [\d.]+ after update \d+\n$/,
  );
});

it('the parts to validate and to judge by can be time steps or dates', async () => {
  const { stderr } = await ntInside(
    ...['train', '-d', at('sales.csv'), ...small, '--val-split', '20', '--test-split', '2023-05-01', '-o', at('parts')],
  );
  // 119 days before May, of which the last 20 validate: 14 windows of 7 of them, 25 windows in May's 31 days.
  expect(stderr).toMatch(/then 14 to decide when to stop, then 25 to judge by/);
  expect(stderr).toMatch(/on the data from 2023-05-01 on/);
});

it('86 a training that explodes leaves no model, and what was there before', async () => {
  const words = ['train', '-d', at('sales.csv'), ...small, ...explode];
  const run = await ntInside(...words, '--epochs', '2', '-o', at('exploded'));
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/no model was written/);
  expect(run.stderr).not.toMatch(/model written|are kept|NaN %/);
  expect(existsSync(at('exploded')) ? readdirSync(at('exploded')) : []).toEqual([]);
  expect((await ntInside('forecast', '-m', at('exploded'), '--quiet')).code).toBe(1);
  await ntInside('train', '-d', at('sales.csv'), ...small, '-o', at('again'));
  const before = ['config.json', 'run.json'].map((name) => readFileSync(at('again', name), 'utf8'));
  expect((await ntInside(...words, '--quiet', '--json', '--overwrite', '-o', at('again'))).stdout).toMatch(
    /"model": null/,
  );
  expect(['config.json', 'run.json'].map((name) => readFileSync(at('again', name), 'utf8'))).toEqual(before);
  expect((await ntInside(...words, '-o', at('exploded'))).stderr).not.toMatch(/holds an interrupted run/);
});

it('86 a model of NaN that an earlier version has saved is not used', async () => {
  const bytes = readFileSync(at('quiet', 'model.safetensors'));
  bytes.writeFloatLE(Number.NaN, bytes.length - 4);
  writeFileSync(at('quiet', 'weights.safetensors'), bytes);
  const { files: _, sha256: __, ...config } = JSON.parse(readFileSync(at('quiet', 'config.json'), 'utf8'));
  writeFileSync(at('quiet', 'model.json'), JSON.stringify({ ...config, version: 2 }));
  rmSync(at('quiet', 'config.json'));
  for (const verb of ['forecast', 'evaluate']) {
    const { code, stderr, stdout } = await ntInside(verb, '-m', at('quiet'));
    expect(stderr).toMatch(/weights .* NaN or infinite.*--lr.*\[forecast\/model-file\]/);
    expect([code, stdout]).toEqual([1, '']);
  }
});

it('88 what is left after an early stop is the best weights: those of a run that ended there', async () => {
  const noise = Array.from(
    { length: 260 },
    (_, step) => `${day('2023-01-02', step)},${100 + 20 * Math.sin(step * step)}`,
  );
  writeFileSync(at('noisy.csv'), `ds,y\n${noise.join('\n')}\n`);
  const words = ['-d', at('noisy.csv'), ...small, '--lr', '0.01', '--schedule', 'constant', '--json', '--quiet'];
  const stopped = await ntInside('train', ...words, '--epochs', '60', '--patience', '3', '-o', at('stopped'));
  const { result } = JSON.parse(stopped.stdout) as {
    result: { reason: string; updates: number; best: { update: number }; epochs: number };
  };
  expect(result.reason).toBe('early-stopped');
  expect(result.best.update).toBeLessThan(result.updates);
  const until = ['--epochs', '60', '--max-updates', String(result.best.update), '--patience', '0'];
  await ntInside('train', ...words, ...until, '-o', at('shorter'));
  const [one, other] = await forecasts('stopped', 'shorter');
  expect(one).toBe(other);
});

it('89 the same seed gives the same forecast', async () => {
  await ntInside('train', '-d', at('sales.csv'), ...small, '-o', at('once-more'));
  const [one, other] = await forecasts('model', 'once-more');
  expect(one).toBe(other);
});

const forecasts = async (...models: string[]): Promise<string[]> => {
  const written: string[] = [];
  for (const model of models) written.push((await ntInside('forecast', '-m', at(model), '--quiet')).stdout);
  return written;
};

it('90 a model whose data are gone says that -d names others', async () => {
  writeFileSync(at('moved.csv'), daily());
  await ntInside('train', '-d', at('moved.csv'), ...small, '-o', at('mover'));
  writeFileSync(at('moved-here.csv'), daily());
  rmSync(at('moved.csv'));
  expect((await ntInside('forecast', '-m', at('mover'))).stderr).toMatch(/moved\.csv.*no such file.*-d FILE/);
  expect((await ntInside('forecast', '-m', at('mover'), '-d', at('moved-here.csv'))).code).toBe(0);
});

it('forecast tells that the ends of series differ, and names the span of all', async () => {
  const rows = ['a', 'b'].flatMap((id, k) =>
    Array.from({ length: 100 }, (_, step) => `${id},${day('2024-01-01', step + 10 * k)},${wave(step)}`),
  );
  writeFileSync(at('two.csv'), `id,ds,y\n${rows.join('\n')}\n`);
  await ntInside('train', '-d', at('two.csv'), '--id', 'id', ...small, '-o', at('two'));
  expect((await ntInside('forecast', '-m', at('two'))).stderr).toMatch(
    /2 series, 7 time steps, 2024-04-10.* to 2024-04-26.* \(the ends of the series differ\)/,
  );
});
