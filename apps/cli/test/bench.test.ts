import { expect, it } from 'vitest';
import { nt, temporaryFolder } from './run-nt.ts';

const quick = ['--seconds', '0.01', '--hidden-size', '4', '--input-size', '6', '--horizon', '2', '--batch-size', '8'];

it('tells of each engine what it does in a second, or why it was not measured', async () => {
  const { code, stdout, stderr } = await nt(temporaryFolder(), 'bench', ...quick);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^cpu: [\d,]+ windows\/s in training, [\d,]+ in forecasting \(/m);
  expect(stdout).toMatch(/^webgpu: /m);
  expect(stderr).toMatch(/^cpu …$/m);
});

it('one engine, of a network that the flags describe', async () => {
  const { code, stdout, stderr } = await nt(
    temporaryFolder(),
    'bench',
    ...quick,
    '--backend',
    'cpu',
    '--json',
    '--quiet',
  );
  expect([code, stderr]).toEqual([0, '']);
  const { network, engines, seconds } = JSON.parse(stdout);
  expect(network).toEqual({ inputSize: 6, horizon: 2, hiddenSize: 4, batchSize: 8 });
  expect(seconds).toBe(0.01);
  expect(engines).toMatchObject([{ name: 'cpu', problem: null, description: { name: 'cpu' } }]);
  for (const rate of [engines[0].trainingWindowsPerSecond, engines[0].forecastWindowsPerSecond])
    expect(rate).toBeGreaterThan(0);
});

it.each([
  [['--backend', 'gpu'], /cpu, webgpu, node-gpu, reference/],
  [['--seconds', '0'], /number >= 0.01/],
])('%j is told', async (words, message) => {
  const { code, stderr } = await nt(temporaryFolder(), 'bench', ...words);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});
