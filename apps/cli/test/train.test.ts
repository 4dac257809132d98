import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { digest, nt, quick, temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const weights = (model: string): string => digest(join(folder, model, 'model.safetensors'));

beforeAll(async () => {
  writeBirths(folder, 700);
  const { code, stderr } = await nt(folder, ...quick, '-o', 'first');
  expect(stderr).toContain('model written to first');
  expect(code).toBe(0);
});

it('leaves a model folder and nothing else', () => {
  expect(readdirSync(join(folder, 'first')).sort()).toEqual([
    'config.json',
    'data-report.json',
    'history.csv',
    'metrics.json',
    'model.safetensors',
    'run.json',
  ]);
});

it('same seed twice gives the same bits, another seed others', async () => {
  await nt(folder, ...quick, '-o', 'second');
  await nt(folder, ...quick, '--seed', '2', '-o', 'third');
  expect(weights('second')).toBe(weights('first'));
  expect(weights('third')).not.toBe(weights('first'));
});

it('--json prints the whole result on stdout and nothing else there', async () => {
  const { stdout, stderr } = await nt(folder, ...quick, '--json', '--quiet', '-o', 'json');
  const result = JSON.parse(stdout);
  expect(result.result.reason).toBe('completed');
  expect(result.evaluation.rows.slice(0, 3).map((row: { method: string }) => row.method)).toEqual([
    'nhits',
    'naive',
    'seasonal naive',
  ]);
  expect(result.data.rowsRead).toBe(700);
  expect(stderr).toBe('');
});

it('tells what it did with the data, how fast it is, and how it compares', async () => {
  const { stderr } = await nt(folder, ...quick, '-o', 'told');
  expect(stderr).toMatch(/700 rows read, 0 rejected/);
  expect(stderr).toMatch(/epoch 1 · update \d+ of \d+ · [\d,]+ windows\/s · loss [\d.]+ · validation [\d.]+/);
  expect(stderr).toMatch(/seasonal naive/);
  expect(stderr).toMatch(/next: nt forecast -m told/);
});

it('does not replace a model unless told to', async () => {
  const before = weights('first');
  const { code, stderr } = await nt(folder, ...quick, '--seed', '5', '-o', 'first');
  expect(code).toBe(2);
  expect(stderr).toMatch(/'first' holds a model.*--overwrite/);
  expect(weights('first')).toBe(before);
  expect((await nt(folder, ...quick, '--seed', '5', '--overwrite', '-o', 'first')).code).toBe(0);
  expect(weights('first')).not.toBe(before);
});

const effects: readonly (readonly [flags: readonly string[], expected: string | number])[] = [
  [['--variant', 'paper'], 'fewer parameters'],
  [['--n-stacks', '2'], 'fewer parameters'],
  [['--hidden-size', '8'], 'fewer parameters'],
  [['--input-size', '14'], 'fewer parameters'],
  [['--horizon', '3'], 'fewer parameters'],
  [['--dropout', '0.5'], 'other weights'],
  [['--lr', '0.01'], 'other weights'],
  [['--weight-decay', '0.5'], 'other weights'],
  [['--optimizer', 'sgd'], 'other weights'],
  [['--schedule', 'constant'], 'other weights'],
  [['--loss', 'mse'], 'other weights'],
  [['--loss', 'huber:delta=0.1'], 'other weights'],
  [['--optimizer', 'sgd:momentum=0.5,nesterov=true'], 'other weights'],
  [['--lookahead'], 'other weights'],
  [['--lookahead', 'every=2'], 'other weights'],
  [['--schedule', 'multiStep:milestones=5,9,gamma=0.5'], 'other weights'],
  [['--warmup', '5'], 'other weights'],
  [['--accumulate', '2'], 'other weights'],
  [['--clip-value', '0.001'], 'other weights'],
  [['--averaging', 'ema:decay=0.5'], 'other weights'],
  [['--augment', 'jitter:sigma=0.3'], 'other weights'],
  [['--augment', 'scaling', '--augment', 'mixup'], 'other weights'],
  [['--clip', '0.01'], 'other weights'],
  [['--batch-size', '64'], 'other weights'],
  [['--val-split', '0.3'], 'other weights'],
  [['--test-split', '0.4'], 'other weights'],
  [['--epochs', '1'], 'other weights'],
  [['--max-updates', '20'], 'other weights'],
  [['--validation-every', '3', '--lr', '0.5', '--schedule', 'constant'], 'other weights'],
  [['--no-restore-best-weights', '--lr', '0.5', '--schedule', 'constant'], 'other weights'],
  [['--recency-half-life', '20'], 'other weights'],
  [['--partial-targets'], 'other weights'],
  [['--preset', 'reference', '--max-updates', '20'], 'other weights'],
  [['--scaler', 'minmax'], 'other weights'],
  [['--calendar', 'dayOfWeek', '--calendar', 'monthOfYear'], 'more parameters'],
  [['--loss', 'quantile:quantiles=0.1,0.5,0.9'], 'more parameters'],
];

it.each(effects)('%j has an effect: %s', async (flags, effect) => {
  const name = flags.join('').replaceAll(/\W/g, '');
  const base = join(folder, 'second');
  const { code, stderr } = await nt(folder, ...quick, ...flags, '-o', name);
  expect(stderr.includes('error:') ? stderr : '').toBe('');
  expect(code).toBe(0);
  expect(weights(name)).not.toBe(digest(join(base, 'model.safetensors')));
  const size = (model: string): number => readFileSync(join(folder, model, 'model.safetensors')).length;
  if (effect === 'fewer parameters') expect(size(name)).toBeLessThan(size('second'));
  else if (effect === 'more parameters') expect(size(name)).toBeGreaterThan(size('second'));
  else expect(size(name)).toBe(size('second'));
});

it('when to validate and which weights to keep arrive where the library tests their effect', () => {
  const trained = (model: string) =>
    JSON.parse(readFileSync(join(folder, model, 'config.json'), 'utf8')).training.training;
  expect(trained('validationevery3lr05scheduleconstant')).toMatchObject({
    validationEvery: 3,
    restoreBestWeights: true,
  });
  expect(trained('norestorebestweightslr05scheduleconstant')).toMatchObject({
    validationEvery: null,
    restoreBestWeights: false,
  });
});

it('settings of a choice and choices given again have an effect of their own', async () => {
  const folders = ['lookahead', 'lookaheadevery2', 'augmentjittersigma03', 'augmentscalingaugmentmixup'];
  expect(new Set(folders.map(weights)).size).toBe(folders.length);
});

it('--nan-policy says what happens to a run that explodes', async () => {
  const explode = [...quick, '--optimizer', 'sgd', '--lr', '1e30', '--clip', '0', '--schedule', 'constant'];
  const thrown = await nt(folder, ...explode, '--nan-policy', 'error', '-o', 'thrown');
  expect(thrown.code).toBe(1);
  expect(thrown.stderr).toMatch(/batch \d+ of epoch 0.*\[trainer\/non-finite\]/);
  const ended = await nt(folder, ...explode, '--nan-policy', 'stop', '-o', 'ended');
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/the loss became NaN or infinite/);
});

it('--patience stops early and says so', async () => {
  const { stderr } = await nt(folder, ...quick, '--patience', '1', '--epochs', '40', '--lr', '0.05', '-o', 'patient');
  expect(stderr).toMatch(/validation no longer improved/);
});

it('--val-split 0 trains without validation, --test-split 0 without evaluation', async () => {
  const { code, stderr } = await nt(folder, ...quick, '--val-split', '0', '--test-split', '0', '-o', 'everything');
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/validation \d/);
  expect(stderr).not.toMatch(/seasonal naive/);
  expect(existsSync(join(folder, 'everything', 'config.json'))).toBe(true);
});
