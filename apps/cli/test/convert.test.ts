import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ntInside } from './run-inside.ts';
import { nt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const golden = (name: string): string => fileURLToPath(new URL(`golden/neuralforecast/${name}`, import.meta.url));

/** What neuralforecast was given, and forecast; written by packages/forecast/test/golden/generate/neuralforecast.py. */
interface Expected {
  readonly quantiles: number[];
  readonly start: string;
  readonly series: {
    readonly id: string;
    readonly values: number[];
    readonly historic: Record<string, number[]>;
    readonly future: Record<string, number[]>;
    readonly static: Record<string, number>;
    readonly point: number[];
    readonly quantiles: number[][];
  }[];
}

/** The frames as they are written for pandas: rows of the history, then those of which only the future is known. */
function writeFrame(path: string, { series, start }: Expected): void {
  const { historic, future, static: fixed } = series[0]!;
  const names = [historic, future, fixed].flatMap(Object.keys);
  const rows = series.flatMap((one) =>
    Array.from({ length: one.values.length + one.point.length }, (_, step) => {
      const time = new Date(Date.parse(`${start}T00:00:00Z`) + step * 3_600_000).toISOString().slice(0, 19);
      const columns = names.map((name) => (one.historic[name] ?? one.future[name])?.[step] ?? one.static[name] ?? '');
      return [one.id, time, one.values[step] ?? '', ...columns].join(',');
    }),
  );
  writeFileSync(path, `${[['unique_id', 'ds', 'y', ...names].join(','), ...rows].join('\n')}\n`);
}

describe.each(['covariates', 'quantiles'])('a folder of neuralforecast with %s', (name) => {
  const expected = JSON.parse(readFileSync(join(golden(name), 'expected.json'), 'utf8')) as Expected;

  it('forecasts from the command line what neuralforecast did', async () => {
    const converted = await nt(folder, 'convert', golden(name), '-o', name, '--json');
    expect(converted.stderr).toMatch(/NHITS: nhits, 10 time steps in, 4 ahead, frequency hour; [\d,]+ parameters/);
    expect(converted.code).toBe(0);
    const told = JSON.parse(converted.stdout);
    expect(told).toMatchObject({ alias: 'NHITS', inputSize: 10, horizon: 4, frequency: 'hour' });
    writeFrame(join(folder, `${name}.csv`), expected);
    const words: string[] = told.next.replace('FILE', `${name}.csv`).split(' ').slice(1);
    const { code, stdout, stderr } = await nt(folder, ...words, '--json');
    expect(stderr).not.toMatch(/error/);
    expect(code).toBe(0);
    const { series } = JSON.parse(stdout) as {
      series: { id: string; values: number[]; quantiles: number[][]; times: string[] }[];
    };
    expect(series.map(({ id }) => id)).toEqual(expected.series.map(({ id }) => id));
    series.forEach(({ values, quantiles }, index) => {
      const wanted = expected.series[index]!;
      const pairs = [[values, wanted.point], ...wanted.quantiles.map((column, q) => [quantiles[q]!, column])] as const;
      for (const [found, right] of pairs) {
        expect(found).toHaveLength(right!.length);
        const largest = Math.max(1, ...right!.map(Math.abs));
        right!.forEach((value, step) => {
          expect(Math.abs(found![step]! - value) / largest).toBeLessThan(1e-5);
        });
      }
    });
  });
});

/** A copy of a golden folder, its configuration changed. */
function changed(name: string, change: Readonly<Record<string, unknown>>): string {
  const path = join(folder, name);
  cpSync(golden('covariates'), path, { recursive: true });
  const file = join(path, 'configuration.json');
  const document = JSON.parse(readFileSync(file, 'utf8')) as { configuration: Record<string, unknown> };
  const configuration = { ...document.configuration, ...change };
  writeFileSync(file, JSON.stringify({ ...document, configuration }));
  return path;
}

function several(): string {
  const path = join(folder, 'several');
  cpSync(golden('covariates'), path, { recursive: true });
  writeFileSync(join(path, 'OTHER_1.safetensors'), readFileSync(join(path, 'NHITS_0.safetensors')));
  return path;
}

function files(name: string, ...names: string[]): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const file of names) writeFileSync(join(path, file), '');
  return path;
}

const wrong: readonly (readonly [title: string, words: () => string[], code: number, message: RegExp])[] = [
  ['no folder at all', () => [], 2, /missing required argument 'folder'/],
  ['a folder that is not there', () => [join(folder, 'nowhere')], 2, /nowhere': there is no such folder/],
  ['a file', () => [join(golden('covariates'), 'configuration.json')], 2, /is a file; name the folder/],
  ['an empty folder', () => [files('empty')], 1, /no 'configuration.json'.*NeuralForecast\.save/],
  ['a folder of pickles', () => [files('old', 'configuration.pkl', 'NHITS_0.ckpt')], 1, /pickle.*migrate/],
  ['a folder without models', () => [changed('none', {}), '--model', 'x'], 2, /no model 'x'; there is --model NHITS/],
  ['several models', () => [several()], 2, /several models; choose one: --model NHITS, --model OTHER/],
  ['an unknown frequency', () => [changed('freq', { freq: 'SM' })], 1, /'SM'.*--frequency hour/],
  ['no frequency', () => [changed('no-freq', { freq: null })], 1, /no frequency.*--frequency hour/],
  ['a wrong --frequency', () => [golden('covariates'), '--frequency', 'fortnight'], 1, /fortnight/],
  [
    'a scaler without counterpart',
    () => [changed('boxcox', { local_scaler_type: 'boxcox' })],
    1,
    /local_scaler_type 'boxcox' has no counterpart/,
  ],
  [
    'categorical covariates',
    () => [changed('words', { categorical_vocab_: { shop: { a: 1 } } })],
    1,
    /categorical covariates \(shop\)/,
  ],
  ['an output that is a file', () => [golden('covariates'), '-o', join(folder, 'f', 'x')], 2, /--output .*is a file/],
];

it.each(wrong)('%s is told, and nothing is written', async (_title, words, code, message) => {
  writeFileSync(join(folder, 'f'), '');
  const [own, before] = [words(), readdirSync(folder).sort()];
  const output = own.includes('-o') ? [] : ['-o', join(folder, 'never')];
  const result = await ntInside('convert', ...own, ...output);
  expect([result.code, result.stdout, result.stderr]).toEqual([code, '', expect.stringMatching(message)]);
  expect(readdirSync(folder).sort()).toEqual(before);
});

it('a model is replaced only when asked for; flags say what the folder does not', async () => {
  const words = ['convert', several(), '-o', join(folder, 'chosen'), '--model', 'OTHER', '--frequency', '15 minutes'];
  const first = await ntInside(...words, '--json', '--quiet');
  expect(first.stderr).toBe('');
  expect(JSON.parse(first.stdout)).toMatchObject({ alias: 'OTHER', frequency: '15 minutes' });
  expect((await ntInside(...words)).stderr).toMatch(/holds a model.*--overwrite/);
  expect((await ntInside(...words, '--overwrite')).code).toBe(0);
  const again = await ntInside('convert', join(folder, 'chosen'));
  expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/a model of nt already/)]);
  expect((await ntInside('info', join(folder, 'chosen'))).stdout).toMatch(/a model: nhits/);
});

it('in place of a trained model it is not said to be trained on the data of that one', async () => {
  const output = join(folder, 'replaced');
  writeBirths(folder, 60);
  const words = tiny.map((word) => (word === 'births.csv' ? join(folder, word) : word));
  expect((await ntInside(...words, '--quiet', '-o', output)).code).toBe(0);
  expect((await ntInside('info', output)).stdout).toMatch(/trained on .*births\.csv/);
  expect((await ntInside('convert', golden('covariates'), '-o', output, '--overwrite')).code).toBe(0);
  const { stdout } = await ntInside('info', output);
  expect(stdout).not.toContain('births');
  expect(stdout).toContain(`next: nt forecast -m ${output} -d FILE`);
  const unnamed = await ntInside('forecast', '-m', output);
  expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringMatching(/-d FILE/)]);
});

it('conformal intervals, which are no part of a model, are said to stay behind', async () => {
  const path = changed('conformal', { prediction_intervals: { n_windows: 2, method: 'x' } });
  expect((await ntInside('convert', path, '-o', join(folder, 'with'))).stderr).toMatch(/note: the conformal intervals/);
});
