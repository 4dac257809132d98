import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { needsSignals } from './needs.ts';
import { ntInside } from './run-inside.ts';
import { nt, startNt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const walk = ['backtest', ...tiny.slice(1)];
const report = (name: string): string => readFileSync(join(folder, name, 'report.json'), 'utf8');

beforeAll(() => writeBirths(folder, 80));

it('walks fold by fold, tells each, and writes every forecast beside what came', async () => {
  const { code, stdout, stderr } = await nt(folder, ...walk, '--folds', '2', '--test-size', '10', '-o', 'whole');
  expect(stderr).toMatch(/2 folds, test parts of 10 time steps/);
  expect(stdout).toMatch(/by fold \(MAE\)[\s\S]*1969-03-02 to 1969-03-11[\s\S]*1969-03-12 to 1969-03-21/);
  expect(stdout).toMatch(/by step ahead \(MAE\)/);
  expect(stderr).toMatch(/naive/);
  expect(code).toBe(0);
  const [header, ...rows] = readFileSync(join(folder, 'whole', 'forecasts.csv'), 'utf8')
    .trim()
    .split('\n');
  expect(header).toMatch(/^unique_id,ds,cutoff,y,nhits,.*naive/);
  // 2 folds of 9 windows of 2 steps.
  expect(rows).toHaveLength(36);
  expect(rows[0]).toMatch(/^[^,]+,1969-03-02,1969-03-01,\d+/);
  const { evaluation, folds } = JSON.parse(report('whole'));
  // What is in the file is what was judged.
  const errors = rows.map((row) => row.split(',')).map((cells) => Math.abs(Number(cells[3]) - Number(cells[4])));
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeCloseTo(evaluation.rows[0].mae, 6);
  expect(folds).toHaveLength(2);
});

it.each(
  [
    ['--gap', '3'],
    ['--purge', '3'],
    ['--stride', '2'],
    ['--step', '20'],
    ['--mode', 'rolling', '--train-size', '30'],
    ['--validation', '0'],
    ['--refit', 'never'],
    ['--refit', 'warm'],
    ['--rolling-conformal'],
    ['--metrics', 'mape'],
    ['--season-length', '3'],
    ['--lr', '0.02'],
  ].map((flags) => ({ flags })),
)('$flags has an effect', async ({ flags }) => {
  const inFolder = walk.map((word) => (word === 'births.csv' ? join(folder, word) : word));
  const words = [...inFolder, '--folds', '2', '--test-size', '10', ...flags, '--overwrite'];
  const { code } = await ntInside(...words, '-o', join(folder, 'other'));
  expect(code).toBe(0);
  expect(report('other')).not.toBe(report('whole'));
});

it('--recalibrate brings a blend that is trained once up to every fold', async () => {
  const data = ['-d', join(folder, 'births.csv'), '--target', 'births', '--horizon', '2'];
  const blend = ['--preset', 'fast', '--max-updates', '1', '--refit', 'never'];
  const words = ['backtest', ...data, ...blend, '--folds', '2', '--test-size', '10', '--levels', '80', '--overwrite'];
  expect((await ntInside(...words, '-o', join(folder, 'still'))).code).toBe(0);
  expect((await ntInside(...words, '--recalibrate', '-o', join(folder, 'moved'))).code).toBe(0);
  const [still, moved] = ['still', 'moved'].map((name) => JSON.parse(report(name)).folds);
  expect(moved[0].evaluation).toEqual(still[0].evaluation);
  expect(moved[1].evaluation).not.toEqual(still[1].evaluation);
});

it('--embargo leaves out what lies behind an earlier test part', async () => {
  const inFolder = walk.map((word) => (word === 'births.csv' ? join(folder, word) : word));
  const words = [...inFolder, '--test-size', '8', '--step', '16', '--embargo', '3', '--overwrite'];
  expect((await ntInside(...words, '-o', join(folder, 'embargo'))).code).toBe(0);
  expect(JSON.parse(report('embargo')).unused.embargo).toBeGreaterThan(0);
});

it('a lost fold is run again by nt resume, and the report has the same bits', async () => {
  const before = report('whole');
  rmSync(join(folder, 'whole', 'folds', '1.json'));
  rmSync(join(folder, 'whole', 'report.json'));
  const { code, stderr } = await nt(folder, 'resume', 'whole');
  expect(stderr).toMatch(/1 of 2 folds are done[\s\S]*fold 1 of 2 taken over[\s\S]*fold 2 of 2 done/);
  expect(code).toBe(0);
  expect(report('whole')).toBe(before);
});

describe.runIf(needsSignals())('a backtest that is stopped', () => {
  // Each fold takes longer than a signal does, however quick the machine.
  const long = [...walk, '--folds', '4', '--test-size', '4', '--epochs', '400', '--patience', '0'];
  const folds = (name: string): readonly string[] => {
    const path = join(folder, name, 'folds');
    return existsSync(path) ? readdirSync(path).filter((file) => /^\d+\.json$/.test(file)) : [];
  };
  async function stopped(name: string, isTime: () => boolean, ...more: readonly string[]): Promise<void> {
    const run = startNt(folder, ...long, '-o', name, ...more);
    while (!isTime()) await new Promise((resolve) => setTimeout(resolve, 2));
    run.process.kill('SIGINT');
    const { code, stderr } = await run.ended;
    expect([code, stderr]).toEqual([130, expect.stringContaining(`nt resume ${name}`)]);
  }

  it('keeps finished folds, and goes on to the same bits', async () => {
    await stopped('cut', () => folds('cut').length > 0);
    expect((await nt(folder, 'resume', 'cut')).code).toBe(0);
    await nt(folder, ...long, '-o', 'uncut');
    expect(report('cut')).toBe(report('uncut'));
  });

  it('does not pass for the one that it was to replace', async () => {
    const short = [...walk, '--folds', '2', '--test-size', '4', '-o', 'replaced'];
    expect((await nt(folder, ...short)).code).toBe(0);
    await stopped('replaced', () => folds('replaced').length < 2, '--overwrite');
    const { stdout } = await nt(folder, 'info', 'replaced');
    expect(stdout).toMatch(/of 4 folds are done[\s\S]*next: nt resume replaced/);
  });
});

it.each([
  ['no file', ['backtest'], 2, /nt backtest needs a file/],
  ['a folder in use', [...walk, '-o', 'whole'], 2, /holds a backtest.*nt resume whole/],
  ['nothing to resume', ['backtest', '--resume', 'nowhere'], 2, /holds no run of nt backtest/],
  ['a flag that is remembered', ['backtest', '--resume', 'whole', '--folds', '3'], 2, /--folds: a backtest goes on as/],
  ['nothing to resume', ['resume', 'nowhere'], 2, /error: There is no folder 'nowhere', so that it holds no run/],
  [
    'a folder of something else',
    ['resume', '.'],
    2,
    /error: '\.' holds no run of nt train, nt backtest, nt optimize or nt forecast/,
  ],
  ['a wrong policy', [...walk, '--refit', 'sometimes'], 2, /never, warm or a number of folds/],
  ['too many folds', [...walk, '--folds', '90', '--test-size', '2', '-o', 'none'], 1, /fold|steps/],
  [
    'a network that can only be trained',
    [...walk, '--recalibrate', '-o', 'none'],
    2,
    /--recalibrate: only a blend is recalibrated/,
  ],
  ['rolling without a size', [...walk, '--mode', 'rolling', '-o', 'none'], 2, /--train-size/],
] as const)('%s is told', async (_title, words, code, message) => {
  const result = await nt(folder, ...words);
  expect(result.stderr).toMatch(message);
  expect([result.code, result.stdout]).toEqual([code, '']);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});
