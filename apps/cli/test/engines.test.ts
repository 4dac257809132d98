import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { digest, nt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const weights = (model: string): string => digest(join(folder, model, 'model.safetensors'));

beforeAll(() => writeBirths(folder, 60));

it('--backend and --precision decide what is computed in; the engine is told', async () => {
  const models = ['cpu', 'mixed-bfloat16-cpu', 'reference', 'mixed-bfloat16', 'mixed-float16'];
  for (const model of models) {
    const precision = model.startsWith('mixed') ? ['--precision', model.replace('-cpu', '')] : [];
    const backend = model.endsWith('cpu') ? [] : ['--backend', 'reference'];
    const { code, stderr } = await nt(folder, ...tiny, ...backend, ...precision, '-o', model);
    expect(stderr).toMatch(model.endsWith('cpu') ? /engine: @nt\/backend-cpu/ : /engine: @nt\/tensor reference/);
    expect(/engine: .*, mixed-bfloat16(,| by)/.test(stderr)).toBe(model === 'mixed-bfloat16-cpu');
    expect(code).toBe(0);
  }
  expect(new Set(models.map(weights)).size).toBe(models.length);
});

describe.each<[verb: string, words: readonly string[]]>([
  ['train', ['-o', 'told', '--overwrite']],
  ['backtest', ['--folds', '2', '--test-size', '4', '-o', 'walk', '--overwrite']],
  ['leakcheck', ['--futures', 'cut']],
  [
    'optimize',
    [
      '--search',
      'lr=0.01|0.02',
      '--trials',
      '1',
      '--min-updates',
      '1',
      '--max-updates',
      '1',
      '-o',
      'search',
      '--overwrite',
    ],
  ],
])('what --mixed-precision came to is told by nt %s', (verb, words) => {
  const own = tiny.slice(1).filter((word, k, all) => verb !== 'optimize' || ![word, all[k - 1]].includes('--epochs'));

  it.each([
    ['cpu', /cpu computes in mixed-bfloat16(, emulated, no faster than float32 here| by AVX512-BF16)\n/],
    ['reference', /reference computes in mixed-bfloat16\n/],
  ])('on %s', async (backend, told) => {
    const { code, stderr } = await nt(folder, verb, ...own, ...words, '--backend', backend, '--mixed-precision');
    expect([code, stderr]).toEqual([0, expect.stringMatching(told)]);
  });
});

it('what computes in float32 only names what computes in mixed-bfloat16', async () => {
  const { code, stderr } = await nt(folder, ...tiny, '--backend', 'webgpu', '--precision', 'mixed-bfloat16');
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(
      /'webgpu' computes in float32, mixed-float16\. .* --backend cpu or --backend reference, which is slow/,
    ),
  ]);
});

it('a model of the reference engine is used like any other', async () => {
  const [cpu, reference] = await Promise.all(
    ['cpu', 'reference'].map(async (model) => JSON.parse((await nt(folder, 'forecast', '-m', model, '--json')).stdout)),
  );
  expect(reference.series[0].times).toEqual(cpu.series[0].times);
  reference.series[0].values.forEach((value: number, step: number) => {
    // The same training in float64 and float32.
    expect(Math.abs(value / cpu.series[0].values[step] - 1)).toBeLessThan(1e-3);
  });
});

it('forecast and evaluate compute where they are told to', async () => {
  const values = async (...words: string[]): Promise<number[]> => {
    const { code, stdout } = await nt(folder, 'forecast', '-m', 'cpu', '--json', ...words);
    expect(code).toBe(0);
    return (JSON.parse(stdout) as { series: { values: number[] }[] }).series[0]!.values;
  };
  const [cpu, reference] = [await values(), await values('--backend', 'reference')];
  // The same weights in float32 and float64.
  reference.forEach((value, step) => void expect(Math.abs(value / cpu[step]! - 1)).toBeLessThan(1e-5));
  const auto = await nt(folder, 'evaluate', '-m', 'cpu', '--gpu');
  expect([auto.code, auto.stderr]).toEqual([0, expect.stringMatching(/--backend auto: computing on /)]);
  // Asked for by name it runs or is an error: it is not installed in this repository.
  const missing = await nt(folder, 'forecast', '-m', 'cpu', '--backend', 'node-gpu');
  expect([missing.code, missing.stderr]).toEqual([1, expect.stringMatching(/tfjs-node-gpu/)]);
  const two = await nt(folder, 'evaluate', '-m', 'cpu', '--gpu', '--backend', 'cpu');
  expect([two.code, two.stderr]).toEqual([2, expect.stringMatching(/in two ways; give one of them/)]);
  expect((await nt(folder, 'forecast', '-m', 'cpu', '--backend', 'gpu')).stderr).toMatch(/cpu, webgpu, node-gpu/);
});
