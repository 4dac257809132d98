import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensemble, naive, seasonalNaive } from '@nt/forecast';
import { saveModelFolder } from '@nt/forecast/node';
import { beforeAll, expect, it } from 'vitest';
import { ntInside, seriesOf } from './run-inside.ts';
import { nt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();

beforeAll(async () => {
  writeBirths(folder, 60);
  expect((await nt(folder, ...tiny, '-o', 'model')).code).toBe(0);
});

it('tells of a model what it is, how good it was and what comes next', async () => {
  const { code, stdout } = await nt(folder, 'info', 'model');
  expect(code).toBe(0);
  expect(stdout).toMatch(/a model: nhits, 2 time steps ahead; \d+ KiB/);
  expect(stdout).toMatch(/looks back 4 time steps; \d+ parameters; loss mae/);
  expect(stdout).toMatch(/MAE on the data kept back:\n {2}nhits +[\d.,]+\n {2}naive +[\d.,]+/);
  expect(stdout.match(/MAE on the data/g)).toHaveLength(1);
  expect(stdout).toMatch(/next: nt forecast -m model$/m);
  const told = JSON.parse((await nt(folder, 'info', 'model', '--json')).stdout);
  expect(told).toMatchObject({ kind: 'model', horizon: 2, method: 'nhits', reading: { target: 'births' } });
  // The command that it names works.
  expect((await nt(folder, ...told.next.split(' ').slice(1))).code).toBe(0);
});

it('tells of a model made of others, with all that these take on disk', async () => {
  const path = join(folder, 'rules');
  await saveModelFolder(ensemble([naive(2), seasonalNaive(2, 7)]), path);
  const told = JSON.parse((await nt(folder, 'info', 'rules', '--json')).stdout);
  const sizes = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
  expect(sizes).toHaveLength(3);
  expect(told).toMatchObject({
    horizon: 2,
    bytes: sizes.reduce((a, b) => a + b),
    next: 'nt forecast -m rules -d FILE',
  });
});

it('tells of a data file how it is read', async () => {
  const { code, stdout } = await nt(folder, 'info', 'births.csv');
  expect(code).toBe(0);
  expect(stdout).toMatch(/60 time steps, frequency day[\s\S]*next: nt train -d births.csv --target births -o model/);
  const words = ['info', 'births.csv', '--frequency', 'week', '--json'];
  expect((await nt(folder, ...words)).stdout).not.toMatch(/"frequency": "day"/);
});

it('names a next command that reads the file as it was told to', async () => {
  const rows = Array.from(
    { length: 28 },
    (_, day) => `${1 + (day % 28)}.${1 + Math.floor(day / 28)}.2024;A;${day},5;${day}`,
  );
  writeFileSync(join(folder, 'told.txt'), `exported yesterday\nDay;Shop;Net sales, EUR;n\n${rows.join('\n')}\n`);
  const flags = [
    '--skip-rows',
    '1',
    '--time-format',
    '%d.%m.%Y',
    '--id',
    'Shop',
    '--target',
    'Net sales, EUR',
    '--historic',
    'n',
  ];
  const words = [...flags, '--null-values', 'none,""'];
  const { next } = JSON.parse((await nt(folder, 'info', 'told.txt', ...words, '--json')).stdout);
  const typed = (next as string)
    .match(/"(?:[^"\\]|\\.)*"|\S+/g)!
    .map((word) => (word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word));
  const set = await seriesOf(typed.slice(2).map((word) => (word === 'told.txt' ? join(folder, word) : word)));
  expect([set.target, set.ids, set.values[27], set.historic?.names]).toEqual(['Net sales, EUR', ['A'], 27.5, ['n']]);
});

it('asks DuckDB, where it is installed, and says what to install where it is not', async () => {
  const words = [
    'info',
    'births.csv',
    '--sql',
    'SELECT date, births FROM data WHERE births::DOUBLE > 0 LIMIT 50',
    '--target',
    'births',
  ];
  // The bundle lies in a folder of its own, as an installation without DuckDB; the sources find it.
  expect(await nt(folder, ...words)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/npm install --global @duckdb\/node-api@[\d.r-]+.*\[data\/missing-package\]/),
  });
  const inside = await ntInside('info', join(folder, 'births.csv'), ...words.slice(2));
  expect(inside.stdout).toMatch(
    /50 rows read[\s\S]*next: nt train -d \S+ --sql "SELECT date, births FROM data WHERE births::DOUBLE > 0 LIMIT 50"/,
  );
});

it('tells of a folder of data files what they are together', async () => {
  mkdirSync(join(folder, 'prices'));
  for (const name of ['A', 'B'])
    writeFileSync(join(folder, 'prices', `${name}.csv`), 'ds,y\n2024-01-01,1\n2024-01-02,2\n');
  expect((await nt(folder, 'info', 'prices')).stdout).toMatch(
    /2 series of 2 time steps[\s\S]*next: nt train -d prices --target y -o model/,
  );
});

it('tells of a backtest how far it is', async () => {
  await nt(folder, 'backtest', ...tiny.slice(1), '--folds', '2', '--test-size', '4', '-o', 'walk');
  expect((await nt(folder, 'info', 'walk')).stdout).toMatch(/2 of 2 folds are done[\s\S]*report\.json/);
  rmSync(join(folder, 'walk', 'report.json'));
  rmSync(join(folder, 'walk', 'folds', '0.json'));
  expect((await nt(folder, 'info', 'walk')).stdout).toMatch(/1 of 2 folds are done[\s\S]*next: nt resume walk/);
});

it.each([
  ['a folder of something else', 'empty', 2, /holds no model, no interrupted training, no backtest and no search/],
  ['nothing', 'nothing.csv', 1, /nothing\.csv: there is no such file/],
  [
    'nothing without an ending',
    'nothing',
    1,
    /nothing: there is no such file or folder; check the path\. \[data.missing-file/,
  ],
  ['nothing of another ending', 'nothing.xyz', 1, /nothing\.xyz: there is no such file or folder/],
])('%s is told', async (_title, path, code, message) => {
  mkdirSync(join(folder, 'empty'), { recursive: true });
  const result = await nt(folder, 'info', path);
  expect([result.code, result.stderr]).toEqual([code, expect.stringMatching(message)]);
});
