import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { needsSignals } from './needs.ts';
import { ntInside } from './run-inside.ts';
import { digest, nt, startNt, temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const data = ['-d', 'births.csv', '--target', 'births', '--horizon', '3'];
/** Two networks of a moment each. */
const fast = ['train', ...data, '--preset', 'fast', '--max-updates', '30', '--checkpoint-every', '3'];

/** Every file of a model but what a clock wrote. */
function leftBy(model: string): unknown {
  const files = (readdirSync(at(model), { recursive: true }) as string[]).map((name) => name.replaceAll('\\', '/'));
  const weights = files.filter((name) => name.endsWith('.safetensors')).sort();
  const { blend, data: seen } = JSON.parse(readFileSync(at(model, 'config.json'), 'utf8'));
  const told = JSON.stringify(blend, (key, value) => (key === 'seconds' ? undefined : value));
  return { weights: weights.map((name) => digest(at(model, name))), told, seen };
}

beforeAll(async () => {
  writeBirths(folder, 150);
  const { code, stderr } = await nt(folder, ...fast, '-o', 'whole');
  expect(stderr).toContain('model written to whole');
  expect(code).toBe(0);
});

it('without flags of a network a blend of six networks at most is trained, and is told as one', async () => {
  const { code, stdout, stderr } = await nt(folder, 'train', ...data, '--max-updates', '2', '-o', 'bare');
  expect(code).toBe(0);
  expect(stderr).toMatch(/preset accurate: at most 6 networks of at most 2 updates.*--model nhits/);
  expect(stderr).toMatch(/^4 of \d+, nhits \d+ \+ ridge \d+ · update 2 of 2 · [\d,]+ windows\/s · .* left$/m);
  expect(stderr).toMatch(/^member +weight +MSE +MAE +kept update +time\nnaive /m);
  expect(stderr).toMatch(/networks look back \d+.* time steps; calendar: dayOfWeek/);
  expect(stderr).toMatch(/^(The blend beats|Nothing beats) /m);
  expect(stdout).toMatch(/^method +MAE/);
  expect(readdirSync(at('bare')).sort()).toEqual(['config.json', 'members', 'metrics.json', 'run.json']);
});

it('the model forecasts with intervals, is judged, and says what it is', async () => {
  const forecast = await nt(folder, 'forecast', '-m', 'whole', '--levels', '80', '--quiet');
  expect(forecast.stdout.trim().split('\n')).toEqual([
    'ds,births,births-lo-80,births-hi-80',
    ...Array(3).fill(expect.stringMatching(/^1969-0[56]-\d\d,/)),
  ]);
  expect((await nt(folder, 'evaluate', '-m', 'whole')).stdout).toMatch(/^method +MAE[\s\S]*80 %/);
  const { stdout } = await nt(folder, 'info', 'whole');
  expect(stdout).toMatch(/a model: .*, 3 time steps ahead/);
  expect(stdout).toMatch(/^ridge +(\d+ %|–) /m);
  expect(stdout).toMatch(/MAE on the data kept back:\n {2}\S.*\n(?: {2}.*\n)* {2}naive/);
  const told = JSON.parse((await nt(folder, 'info', 'whole', '--json')).stdout);
  expect(told.description.options).toMatchObject({ preset: 'fast', maxUpdates: 30, horizon: 3 });
  expect(told.evaluation.rows.length).toBeGreaterThan(2);
});

/** Stops a run in the middle of its networks. */
async function stopped(model: string, signal: 'SIGINT' | 'SIGKILL') {
  const run = startNt(folder, ...fast, '-o', model);
  const isBegun = (): boolean => {
    const networks = at(model, 'checkpoints', 'networks');
    const members = existsSync(networks) ? readdirSync(networks) : [];
    return members.some((name) => readdirSync(join(networks, name)).some((entry) => /^\d/.test(entry)));
  };
  while (!isBegun()) await new Promise((resolve) => setTimeout(resolve, 2));
  run.process.kill(signal);
  return run.ended;
}

it.runIf(needsSignals())(
  'Ctrl-C leaves no model, ends with code 130 and says how to go on: to the same bits',
  async () => {
    const { code, stderr } = await stopped('interrupted', 'SIGINT');
    expect(code).toBe(130);
    expect(stderr).toMatch(/Stopped with \d of \d networks done.*\n {2}nt train --resume interrupted/);
    expect(existsSync(at('interrupted', 'config.json'))).toBe(false);
    expect((await nt(folder, 'info', 'interrupted')).stdout).toMatch(
      /an interrupted training of a blend \(preset fast\) on .*births\.csv: 3 time steps ahead\nnext: nt resume interrupted/,
    );
    expect((await nt(folder, ...fast, '-o', 'interrupted')).stderr).toMatch(/holds an interrupted run.*--resume/);
    expect((await nt(folder, 'resume', 'interrupted')).code).toBe(0);
    expect(leftBy('interrupted')).toEqual(leftBy('whole'));
    expect((await nt(folder, 'train', '--resume', 'interrupted')).stderr).toMatch(/finished/);
  },
);

it('a killed run is gone on with to the same bits, and is not changed by flags', async () => {
  expect((await stopped('killed', 'SIGKILL')).code).toBe(null);
  const changed = await nt(folder, 'train', '--resume', 'killed', '--lr', '0.1');
  expect([changed.code, changed.stderr]).toEqual([
    2,
    expect.stringMatching(/blends several networks; --lr belongs to/),
  ]);
  expect((await nt(folder, 'train', '--resume', 'killed', '--seed', '5')).stderr).toMatch(/trainer\/config-changed/);
  expect((await nt(folder, 'train', '--resume', 'killed')).code).toBe(0);
  expect(leftBy('killed')).toEqual(leftBy('whole'));
});

it('--refit-with-validation fits what validation chose once more, and says so then and later', async () => {
  // Of so many days a ridge learns more than the naive rules know.
  const longer = at('longer');
  mkdirSync(longer);
  writeBirths(longer, 1200);
  const words = ['train', '-d', join(longer, 'births.csv'), ...data.slice(2), '--preset', 'fast', '--max-updates', '2'];
  const { code, stderr } = await ntInside(...words, '--refit-with-validation', '-o', at('again'));
  expect(code).toBe(0);
  expect(stderr).toMatch(/: fitted again on the validation part too \(/);
  const { blend } = JSON.parse(readFileSync(at('again', 'config.json'), 'utf8'));
  expect(blend.explanation.refit.length).toBeGreaterThan(0);
  const told = (await ntInside('info', at('again'))).stdout;
  expect(told).toContain(`fitted again on training and validation part: ${blend.explanation.refit[0].name}`);
});

describe('which flags mean one network', () => {
  it.each([
    [['--seed', '2'], 'blend'],
    [['--calendar', 'dayOfWeek'], 'blend'],
    [['--val-split', '0.3', '--test-split', '0'], 'blend'],
    [['--ensemble', '2', '--preset', 'fast'], 'blend'],
    [['--gpu'], 'blend'],
    [['--mixed-precision'], 'blend'],
    [['--model', 'nhits'], 'network'],
    [['--preset', 'reference'], 'network'],
    [['--input-size', '6', '--hidden-size', '4'], 'network'],
    [['--epochs', '1', '--hidden-size', '4'], 'network'],
    [['--no-restore-best-weights', '--hidden-size', '4'], 'network'],
    [['--loss', 'mse', '--hidden-size', '4'], 'network'],
  ])('%j: %s', async (flags, kind) => {
    const words = ['train', '-d', at('births.csv'), '--target', 'births', '--horizon', '3', '--max-updates', '1'];
    const model = at(`of${flags.join('').replaceAll(/\W/g, '')}`);
    const { code, stderr } = await ntInside(...words, ...flags, '--overwrite', '-o', model);
    expect(stderr.includes('error:') ? stderr : '').toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(model, 'config.json'), 'utf8')).kind).toBe(kind);
  });

  it.each([
    [['--preset', 'accurate', '--lr', '0.1'], /--preset accurate belongs to a blend .*--lr belongs to a single one/],
    [['--preset', 'fast', '--model', 'nbeats'], /--preset fast belongs .*--model belongs/],
    [['--ensemble', '2', '--epochs', '1', '--loss', 'mse'], /--ensemble belongs .*--epochs, --loss belong to/],
    [['--ensemble', '2', '--preset', 'reference'], /--ensemble belongs .*--preset reference belongs/],
    [['--refit-with-validation', '--lr', '0.1'], /--refit-with-validation belongs .*--lr belongs to a single one/],
  ])('%j: refused', async (flags, message) => {
    const { code, stderr } = await ntInside('train', '-d', at('births.csv'), ...flags, '-o', at('none'));
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(existsSync(at('none'))).toBe(false);
  });

  it.each([
    [['--val-split', '0'], /validation part has to hold at least 3 time steps/],
    [['--val-split', '2'], /validation part has to hold at least 3 time steps/],
    [['--test-split', '2'], /The test part \(2\) has at most 2 time steps/],
  ])('%j: refused, and nothing is written', async (flags, message) => {
    const words = ['train', '-d', at('births.csv'), '--target', 'births', '--horizon', '3'];
    const { code, stderr } = await ntInside(...words, ...flags, '-o', at('none'));
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(existsSync(at('none'))).toBe(false);
  });
});

it('--json has the whole result on stdout; losses are logged by network', async () => {
  const logs = ['--log-jsonl', at('logs', 'losses.jsonl'), '--tensorboard', at('board'), '--log-every', '1'];
  const words = ['train', '-d', at('births.csv'), '--target', 'births', '--horizon', '3', '--preset', 'fast'];
  const { stdout, stderr } = await ntInside(
    ...words,
    '--max-updates',
    '2',
    ...logs,
    '--json',
    '--quiet',
    '-o',
    at('j'),
  );
  expect(stderr).toBe('');
  const { model, blend, evaluation } = JSON.parse(stdout);
  expect([model, evaluation.rows.length > 2]).toEqual([at('j'), true]);
  const networks = blend.members.filter(({ kind }: { kind: string }) => kind === 'network');
  const names: string[] = networks.map(({ name }: { name: string }) => name.replaceAll(/[^a-z0-9]+/g, '-'));
  expect(readdirSync(at('logs')).sort()).toEqual(names.map((name) => `losses-${name}.jsonl`).sort());
  expect(readdirSync(at('board')).sort()).toEqual([...names].sort());
  expect(readFileSync(at('logs', `losses-${names[0]}.jsonl`), 'utf8')).toMatch(/"trainLoss"/);
});

it('a short series does without options: its validation part is a horizon long', async () => {
  writeBirths(folder, 60);
  const words = ['train', '-d', at('births.csv'), '--target', 'births', '--horizon', '8', '--preset', 'fast'];
  const { code, stdout } = await ntInside(...words, '--max-updates', '1', '-o', at('short'));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^method +MAE/);
  expect(JSON.parse(readFileSync(at('short', 'run.json'), 'utf8')).recipe.validation).toBe(8);
  // Few windows allow no wide intervals, and that is said.
  const { stderr } = await ntInside('forecast', '-m', at('short'), '--levels', '95');
  expect(stderr).toMatch(/allow intervals of at most 50 %/);
});

it('nt backtest and nt leakcheck train what nt train does', async () => {
  writeBirths(folder, 60);
  const words = [
    '-d',
    at('births.csv'),
    '--target',
    'births',
    '--horizon',
    '2',
    '--preset',
    'fast',
    '--max-updates',
    '1',
  ];
  const walk = await ntInside('backtest', ...words, '--folds', '2', '--test-size', '6', '-o', at('walk'));
  expect(walk.stdout).toMatch(/^blend /m);
  expect(walk.code).toBe(0);
  const { stdout, code } = await ntInside('leakcheck', ...words, '--futures', 'cut');
  expect(stdout).toMatch(/^passed {2}weights/m);
  expect(stdout).toMatch(/blend: no leak found/);
  expect(code).toBe(0);
});
