import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCpuBackend } from '@nt/backend-cpu';
import { splitByTime, windows } from '@nt/data';
import { readTable } from '@nt/data/node';
import { conformal, ensemble, fitBlend, type Predictor, ridgePredictor, seasonalNaive } from '@nt/forecast';
import { loadModelFolder, saveModelFolder } from '@nt/forecast/node';
import { fitRidge } from '@nt/linear';
import { beforeAll, expect, it } from 'vitest';
import { nt, quick, temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();

beforeAll(async () => {
  writeBirths(folder, 700);
  await nt(folder, ...quick, '-o', 'model');
});

it('evaluate prints the table of methods on stdout', async () => {
  const { code, stdout, stderr } = await nt(folder, 'evaluate', '-m', 'model');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^method +MAE +RMSE +sMAPE % +MASE\nnhits .*\nnaive .*\nseasonal naive .*\n(.*\n)+$/);
  expect(stderr).toMatch(/windows of 7 time steps/);
});

it('evaluate --season-length changes the seasonal row only', async () => {
  const rows = async (...flags: string[]) =>
    JSON.parse((await nt(folder, 'evaluate', '-m', 'model', '--json', ...flags)).stdout).rows;
  const [week, days] = [await rows(), await rows('--season-length', '5')];
  expect(days[1].mae).toBe(week[1].mae);
  expect(days[2].mae).not.toBe(week[2].mae);
});

it('forecast prints CSV that begins on the day after the last one', async () => {
  const { code, stdout } = await nt(folder, 'forecast', '-m', 'model');
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toBe('ds,births');
  expect(lines[1]).toMatch(/^1970-12-02,\d+(\.\d+)?$/);
  expect(lines).toHaveLength(8);
});

it('forecast writes CSV and SVG, and continues newer data than it was trained on', async () => {
  const newer = join(folder, 'newer.csv');
  const births = readFileSync(new URL('../examples/us-births.csv', import.meta.url), 'utf8').split('\n');
  writeFileSync(newer, births.slice(0, 801).join('\n'));
  const { code, stdout } = await nt(
    folder,
    'forecast',
    '-m',
    'model',
    '-d',
    'newer.csv',
    '-o',
    'forecast.csv',
    '--plot',
    'forecast.svg',
  );
  expect(code).toBe(0);
  expect(stdout).toBe('');
  expect(readFileSync(join(folder, 'forecast.csv'), 'utf8')).toMatch(/^ds,births\n1971-03-12,/);
  const svg = readFileSync(join(folder, 'forecast.svg'), 'utf8');
  expect(svg).toMatch(/^<svg [\s\S]*births: the next 7 time steps[\s\S]*<\/svg>\n$/);
  expect(svg.match(/<path class="line" d="M/g)).toHaveLength(2);
});

it('forecast --json gives times and numbers', async () => {
  const { stdout } = await nt(folder, 'forecast', '-m', 'model', '--json', '--quiet');
  const { series, horizon } = JSON.parse(stdout);
  expect(horizon).toBe(7);
  expect(series[0].times[0]).toBe('1970-12-02');
  expect(series[0].values).toHaveLength(7);
});

it('a folder without a model is named, and nothing is written', async () => {
  const { code, stderr } = await nt(folder, 'forecast', '-m', 'nowhere', '-o', 'none.csv');
  expect(code).toBe(1);
  expect(stderr).toMatch(/There is no model in 'nowhere'/);
  expect(existsSync(join(folder, 'none.csv'))).toBe(false);
});

it('a damaged model is named', async () => {
  await nt(folder, ...quick, '-o', 'broken');
  const path = join(folder, 'broken', 'model.safetensors');
  writeFileSync(path, readFileSync(path).subarray(0, 1000));
  const { code, stderr } = await nt(folder, 'evaluate', '-m', 'broken');
  expect(code).toBe(1);
  expect(stderr).toMatch(/model\.safetensors/);
});

it('evaluate and forecast use models of every kind, read as their training was', async () => {
  const backend = await createCpuBackend();
  const set = await readTable(join(folder, 'births.csv'), { target: 'births' });
  // The parts of the model's own training.
  const split = splitByTime(set, { validation: 0.1, test: 0.2 });
  const network = await loadModelFolder(backend, join(folder, 'model'));
  const calibration = windows(set, { inputSize: 21, horizon: 7, ranges: split.validation });
  const kinds: Record<string, Predictor> = {
    rule: seasonalNaive(7, 7),
    ensemble: ensemble([network, seasonalNaive(7, 7)]),
    conformal: await conformal(network, calibration, { method: 'split' }),
    ridge: ridgePredictor(await fitRidge(set, split, { horizon: 7 })),
    blend: (await fitBlend(backend, set, { horizon: 7, split, preset: 'fast', maxUpdates: 2 })).predictor,
  };
  for (const [kind, predictor] of Object.entries(kinds)) {
    await saveModelFolder(predictor, join(folder, kind));
    const flags = ['-m', kind, '-d', 'births.csv'];
    const expected = (await predictor.predict(set)).series[0]!.values;
    const { code, stdout, stderr } = await nt(folder, 'forecast', ...flags, '--json');
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).series[0].values, kind).toEqual([...expected]);
    const { rows } = JSON.parse((await nt(folder, 'evaluate', ...flags, '--json')).stdout);
    expect(rows[0].method, kind).toBe(predictor.method);
  }
  const { stdout } = await nt(folder, 'forecast', '-m', 'conformal', '-d', 'births.csv', '--levels', '80');
  expect(stdout).toMatch(/^ds,births,births-lo-80,births-hi-80\n/);
  network.dispose();
  await backend.dispose();
});
