import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { beforeAll, expect, it } from 'vitest';
import { outputSchemas, schemaFile } from '../tools/output-schemas.ts';
import { day, wave } from './field-case-table/field-case.ts';
import { ntInside } from './run-inside.ts';
import { nt, temporaryFolder } from './run-nt.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const published = new URL('../schemas/', import.meta.url);
const golden = fileURLToPath(new URL('golden/neuralforecast/quantiles', import.meta.url));
const network = ['--input-size', '6', '--horizon', '2', '--hidden-size', '3', '--epochs', '1', '--batch-size', '16'];
const dataOf = ['-d', at('sales.csv'), '--id', 'id', '--target', 'y', '--horizon', '2'];
const data = (): string[] => ['-d', at('sales.csv'), '--id', 'id', '--target', 'y', ...network];

const validator = (verb: string): ValidateFunction =>
  new Ajv2020({ allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(new URL(`${verb}.json`, published), 'utf8')) as object,
  );

beforeAll(async () => {
  const rows = ['x', 'y'].flatMap((id, k) =>
    Array.from({ length: 60 }, (_, step) => `${id},${day('2024-01-01', step)},${10 ** k * wave(step)}`),
  );
  writeFileSync(at('sales.csv'), `id,ds,y\n${rows.join('\n')}\n`);
  const quantiles = ['--loss', 'quantile:quantiles=0.1,0.5,0.9'];
  for (const [name, flags] of [
    ['point', ['--test-split', '0']],
    ['quantiles', quantiles],
  ] as const)
    expect((await ntInside('train', ...data(), ...flags, '-o', at(name))).code).toBe(0);
});

it('the published schemas are those of the table', () => {
  const told = 'run: node --import tsx tools/write-schemas.ts';
  expect(readdirSync(published).sort(), told).toEqual(
    Object.keys(outputSchemas)
      .map((verb) => `${verb}.json`)
      .sort(),
  );
  for (const verb of Object.keys(outputSchemas))
    expect(readFileSync(new URL(`${verb}.json`, published), 'utf8'), told).toBe(schemaFile(verb));
});

/** Each verb as it is called, several times where what it prints differs. */
const calls: readonly (readonly [verb: string, words: () => readonly string[], code: number])[] = [
  ['train', () => [...data(), '-o', at('a')], 0],
  ['train', () => [...data(), '--test-split', '0', '--val-split', '0', '-o', at('b')], 0],
  ['train', () => [...data(), '--optimizer', 'sgd', '--lr', '1e6', '--loss', 'mse', '--clip', '0', '-o', at('c')], 1],
  ['train', () => [...dataOf, '--preset', 'fast', '--max-updates', '1', '-o', at('blend')], 0],
  ['evaluate', () => ['-m', at('quantiles'), '--metrics', 'r2,pinball,wape'], 0],
  ['evaluate', () => ['-m', at('quantiles'), '--season-length', '1'], 0],
  ['forecast', () => ['-m', at('point')], 0],
  ['forecast', () => ['-m', at('quantiles'), '--horizon', '5'], 0],
  ['forecast', () => ['-m', at('quantiles'), '--levels', '80'], 0],
  ['backtest', () => [...data(), '--folds', '2', '--test-size', '4', '--rolling-conformal', '-o', at('walk')], 0],
  ['backtest', () => [...data(), '--folds', '1', '--test-size', '4', '-o', at('short walk')], 0],
  ['resume', () => [at('walk')], 0],
  [
    'optimize',
    () => [
      ...data().filter((word, i, all) => ![word, all[i - 1]].includes('--epochs')),
      '--trials',
      '1',
      '--max-updates',
      '1',
      '-o',
      at('search'),
    ],
    0,
  ],
  ['resume', () => [at('search')], 0],
  ['info', () => [at('search')], 0],
  ['info', () => [at('blend')], 0],
  ['leakcheck', () => data(), 0],
  ['info', () => [at('sales.csv'), '--id', 'id'], 0],
  ['info', () => [at('quantiles')], 0],
  ['info', () => [at('point')], 0],
  ['info', () => [at('walk')], 0],
  ['convert', () => [golden, '-o', at('converted')], 0],
  ['info', () => [at('converted')], 0],
  ['export', () => [at('point'), '-o', at('point.onnx')], 0],
  ['bench', () => ['--backend', 'cpu', '--seconds', '0.01', '--hidden-size', '4', '--input-size', '6'], 0],
  ['doctor', () => [], 0],
];

it.each(calls)('nt %s --json prints what its schema says (%#)', async (verb, words, wanted) => {
  // Doctor starts every engine, which belongs into a process of its own.
  const run = verb === 'doctor' ? nt.bind(undefined, folder) : ntInside;
  const { code, stdout, stderr } = await run(verb, ...words(), '--json');
  expect([code, stderr]).toEqual([wanted, expect.anything()]);
  const check = validator(verb);
  const found = JSON.parse(stdout) as Record<string, unknown>;
  check(found);
  expect(check.errors ?? []).toEqual([]);
  // It says something: what is added, and what is left out, is seen.
  expect(check({ ...found, added: 1 })).toBe(false);
  const { [Object.keys(found)[0]!]: _, ...rest } = found;
  expect(check(rest)).toBe(false);
});

it('every verb that prints JSON has a schema', () => {
  expect([...new Set(calls.map(([verb]) => verb))].sort()).toEqual(Object.keys(outputSchemas).sort());
});
