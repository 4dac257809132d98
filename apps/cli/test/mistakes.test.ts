import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { nt, temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const small = ['--horizon', '7', '--input-size', '28', '--hidden-size', '8', '--epochs', '1'];

beforeAll(() => {
  writeBirths(folder, 300);
  writeFileSync(join(folder, 'text.csv'), `date,births\n1969-01-01,8486\n1969-01-02,many\n1969-01-03,9542\n`);
  writeFileSync(join(folder, 'few.csv'), `date,births\n1969-01-01,8486\n1969-01-02,8500\n1969-01-03,9542\n`);
  writeFileSync(join(folder, 'empty.csv'), '');
});

const cases: readonly (readonly [title: string, parameters: readonly string[], code: number, message: RegExp])[] = [
  [
    'a wrong target column lists the columns there are',
    ['-d', 'births.csv', '--target', 'birth'],
    1,
    /'birth'[\s\S]*births/,
  ],
  [
    'text in a number column names line, column and text',
    ['-d', 'text.csv', '--target', 'births'],
    1,
    /line 3[\s\S]*births[\s\S]*many|births[\s\S]*line 3[\s\S]*many/,
  ],
  ['too few rows say how many are needed', ['-d', 'few.csv', '--target', 'births'], 1, /35/],
  ['a missing file is named', ['-d', 'nothing.csv', '--target', 'births'], 1, /nothing\.csv/],
  ['an empty file is named', ['-d', 'empty.csv', '--target', 'births'], 1, /empty/],
  [
    'an unknown flag names the nearest',
    ['-d', 'births.csv', '--horizn', '3'],
    2,
    /unknown option '--horizn'[\s\S]*--horizon/,
  ],
  ['a wrong number is explained', ['-d', 'births.csv', '--horizon', 'two'], 2, /whole number >= 1/],
  ['a wrong choice lists the choices', ['-d', 'births.csv', '--optimizer', 'adma'], 2, /adamw/],
  [
    'a wrong choice among the named ones lists them',
    ['-d', 'births.csv', '--schedule', 'cosin:etaMin=1'],
    2,
    /Expected one of cosine, constant, linear, .*plateau/,
  ],
  ['a wrong augmentation lists them', ['-d', 'births.csv', '--augment', 'blur'], 2, /jitter, scaling, .*mixup/],
  ['settings need names', ['-d', 'births.csv', '--optimizer', 'adam:0.9'], 2, /Expected option=value, got '0.9'/],
  [
    'a wrong setting names the nearest',
    ['-d', 'births.csv', '--target', 'births', '--optimizer', 'adam:beta=0.9'],
    1,
    /'beta'.*'beta1'/,
  ],
  [
    'a setting that is a flag of its own is refused',
    ['-d', 'births.csv', '--target', 'births', '--optimizer', 'adam:learningRate=1'],
    1,
    /'learningRate' is an option beside optimizer/,
  ],
  [
    'a precision that the engine does not have names the engine that has it',
    ['-d', 'births.csv', '--target', 'births', '--precision', 'mixed-float16'],
    2,
    /'cpu' computes in float32.*--backend reference/,
  ],
  ['no file at all', [], 2, /needs a file/],
  [
    'names of files in the place of a pattern',
    ['-d', 'births.csv', 'text.csv', '--target', 'births'],
    2,
    /'text\.csv' belongs to no flag.*in quotes, -d "prices\/\*\.csv"/,
  ],
  ['nothing to resume', ['--resume', '-o', 'nowhere'], 2, /holds no run/],
];

it.each(cases)('%s', async (_title, parameters, code, message) => {
  const before = readdirSync(folder).sort();
  const result = await nt(folder, 'train', ...small, '-o', 'model', ...parameters);
  expect(result.stderr).toMatch(message);
  expect(result.stderr).not.toMatch(/^ {4}at /m);
  expect(result.stdout).toBe('');
  expect(result.code).toBe(code);
  expect(readdirSync(folder).sort()).toEqual(before);
});

it('a wrong row can be left out, and a text declared to mean no value', async () => {
  const rows = readFileSync(join(folder, 'births.csv'), 'utf8').split('\n');
  rows[150] = rows[150]!.replace(/,.*/, ',many');
  writeFileSync(join(folder, 'dirty.csv'), rows.join('\n'));
  const train = (...flags: string[]) =>
    nt(
      folder,
      'train',
      ...small,
      '-d',
      'dirty.csv',
      '--target',
      'births',
      '--overwrite',
      '-o',
      'dirty-model',
      ...flags,
    );
  expect((await train()).stderr).toMatch(/line 151.*many.*--bad-rows reject/);
  const rejected = await train('--bad-rows', 'reject', '--gaps', 'linear');
  expect(rejected.stderr).toMatch(/300 rows read, 1 rejected/);
  expect(rejected.code).toBe(0);
  expect((await train('--null-values', 'many', '--missing', 'linear')).code).toBe(0);
  expect((await train('--null-values', 'few', '--missing', 'linear')).code).toBe(1);
});

it('--debug adds the stack trace', async () => {
  const { stderr } = await nt(folder, 'train', '-d', 'nothing.csv', '--debug');
  expect(stderr).toMatch(/^ {4}at /m);
});

it('--help and --version answer on stdout with exit code 0', async () => {
  const [help, version] = [await nt(folder, 'train', '--help'), await nt(folder, '--version')];
  expect(help.stdout).toMatch(/--input-size <steps>/);
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect([help.code, version.code]).toEqual([0, 0]);
});

it('an unknown command names the nearest', async () => {
  const { code, stderr } = await nt(folder, 'trian');
  expect(code).toBe(2);
  expect(stderr).toMatch(/train/);
});
