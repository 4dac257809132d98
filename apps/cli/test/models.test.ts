import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelNames } from '../src/create-forecaster.ts';
import { nt, quick, temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
/** `quick` without the flag of N-HiTS's width. */
const bare = quick.filter((part, i) => part !== '--hidden-size' && quick[i - 1] !== '--hidden-size');
const settings: Readonly<Record<string, string>> = {
  nhits: 'hiddenSize=8,nBlocks=1,1,1',
  nbeats: '{"hiddenSize": 8, "stackTypes": ["trend", "seasonality"], "nBlocks": [2, 1], "basis": "legendre"}',
  linear: 'centre=season-mean,season=7',
};

beforeAll(() => writeBirths(folder, 300));

describe.each(modelNames)('--model %s', (name) => {
  it('trains with settings of its own, and forecasts from its folder', async () => {
    const trained = await nt(folder, ...bare, '--model', name, '--network', settings[name]!, '-o', name);
    expect(trained.stderr).toContain(`model written to ${name}`);
    const config = JSON.parse(readFileSync(join(folder, name, 'config.json'), 'utf8'));
    expect(config.modelType).toBe(name);
    expect(Object.keys(config.forecaster.model)).not.toEqual([]);
    const { code, stdout, stderr } = await nt(folder, 'forecast', '-m', name, '-d', 'births.csv');
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    expect(stdout.trim().split('\n').length).toBeGreaterThanOrEqual(8);
  });
});

it.each([
  ['nbeats', ['--network', 'harmonics=2'], /'harmonics': no such option; did you mean 'nHarmonics'/],
  ['nbeats', ['--n-stacks', '2'], /'nStacks': no such option; did you mean/],
  ['linear', ['--network', '{"centre"'], /Expected option=value or a JSON object/],
  ['arima', [], /Allowed choices are nhits, nbeats, linear/],
])('--model %s %j is refused, by the name that would do', async (name, flags, message) => {
  const { code, stderr } = await nt(folder, ...bare, '--model', name, ...flags, '-o', 'refused');
  expect(stderr).toMatch(message);
  expect(code).toBeGreaterThan(0);
  expect(existsSync(join(folder, 'refused'))).toBe(false);
});

it('stacks may look at scales far beyond the window', async () => {
  const { code, stdout } = await nt(folder, ...quick, '--epochs', '1', '--n-stacks', '50', '--quiet', '-o', 'deep');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^nhits +\d/m)]);
});

it('a network that no memory holds is told so', async () => {
  const { code, stderr } = await nt(folder, ...quick, '--hidden-size', '1000000000000', '--quiet', '-o', 'huge');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: blocks\.0\.layers\.0: 14 × 1,000,000,000,000 weights .*smaller hidden size/);
});
