import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { daily, day, wave } from './field-case-table/field-case.ts';
import { ntInside } from './run-inside.ts';
import { temporaryFolder } from './run-nt.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const small = ['--input-size', '14', '--horizon', '7', '--hidden-size', '8', '--epochs', '1', '--batch-size', '32'];
const train = (model: string, ...flags: string[]) => ntInside('train', ...small, ...flags, '--quiet', '-o', at(model));
const forecast = (model: string, ...flags: string[]) => ntInside('forecast', '-m', at(model), '--quiet', ...flags);
const header = (csv: string): string => csv.split('\n', 1)[0]!;

/** A wave and a promotion that is known ahead: the last days of the file have no sales yet. */
const promoted = (days: number, ahead: number): string => {
  const rows = Array.from({ length: days + ahead }, (_, t) => {
    return `${day('2023-01-02', t)},${t < days ? wave(t) + 30 * Number(t % 9 === 0) : ''},${Number(t % 9 === 0)}`;
  });
  return `date,sales,promotion\n${rows.join('\n')}\n`;
};

beforeAll(async () => {
  writeFileSync(at('sales.csv'), daily());
  writeFileSync(at('promoted.csv'), promoted(150, 0));
  const quantiles = ['--loss', 'quantile:quantiles=0.025,0.1,0.5,0.9,0.975'];
  expect((await train('quantiles', '-d', at('sales.csv'), ...quantiles)).code).toBe(0);
  expect((await train('point', '-d', at('sales.csv'))).code).toBe(0);
  expect((await train('ahead', '-d', at('promoted.csv'), '--target', 'sales', '--future', 'promotion')).code).toBe(0);
});

describe('intervals', () => {
  it.each([
    [[], 'ds,sales,sales-lo-95,sales-lo-80,sales-hi-80,sales-hi-95'],
    [['--levels', '80'], 'ds,sales,sales-lo-80,sales-hi-80'],
    [['--levels', '80', '--levels', '95'], 'ds,sales,sales-lo-95,sales-lo-80,sales-hi-80,sales-hi-95'],
    [['--quantiles', '0.9,0.1'], 'ds,sales,sales_ql0.1,sales_ql0.9'],
  ])('%j are columns as neuralforecast names them', async (flags, expected) => {
    const { code, stdout } = await forecast('quantiles', ...flags);
    expect([code, header(stdout)]).toEqual([0, expected]);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(2).map(Number));
    for (const row of rows) expect(row).toEqual([...row].sort((a, b) => a - b));
  });

  it.each([
    ['point', ['--levels', '80'], /gives a point forecast only.*--loss quantile:quantiles=0\.1,0\.5,0\.9/],
    ['quantiles', ['--levels', '90'], /asked for are 0\.05, 0\.95.*--loss quantile:quantiles=0\.05,0\.5,0\.95/],
    ['quantiles', ['--levels', '99.9'], /asked for are 0\.0005, 0\.9995\. .*quantiles=0\.0005,0\.5,0\.9995\./],
    ['quantiles', ['--levels', '80', '--quantiles', '0.1'], /give one of them/],
    ['quantiles', ['--levels', '120'], /numbers between 0 and 100/],
  ])('of a model of %s: %j is called wrongly', async (model, flags, message) => {
    const { code, stderr, stdout } = await forecast(model, ...flags);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('are in JSON and in the picture, the widest behind', async () => {
    const { stdout } = await forecast('quantiles', '--json', '--plot', at('fan.svg'));
    const { quantiles, series } = JSON.parse(stdout);
    expect(quantiles).toEqual([0.025, 0.1, 0.5, 0.9, 0.975]);
    expect(series[0].intervals.map(({ level }: { level: number }) => level)).toEqual([80, 95]);
    expect(series[0].intervals[0].lower).toEqual(series[0].quantiles[1]);
    const svg = readFileSync(at('fan.svg'), 'utf8');
    expect(svg.match(/<path class="band".*?<title>.*?<\/title>/g)!.map((path) => path.match(/\d+ %/)![0])).toEqual([
      '95 %',
      '80 %',
    ]);
  });

  it('are judged: coverage and width beside what they promise', async () => {
    const evaluate = (...flags: string[]) => ntInside('evaluate', '-m', at('quantiles'), ...flags);
    const { stdout } = await evaluate('--metrics', 'bias,crps', '--levels', '95');
    expect(stdout).toMatch(/^method .* MASE +bias +crps\nnhits/);
    expect(stdout).toMatch(
      /\nintervals +nominal +inside +mean width +Winkler\nnhits +95 % +[\d.]+ % +[\d.]+ +[\d.,]+\n$/,
    );
    const { rows } = JSON.parse((await evaluate('--json')).stdout);
    expect(rows[0].intervals.map(({ level }: { level: number }) => level)).toEqual([80, 95]);
    expect((await evaluate('--metrics', 'bais')).stderr).toMatch(/Expected some of mae.*got 'bais'/);
    const saved = JSON.parse(readFileSync(join(at('quantiles'), 'metrics.json'), 'utf8'));
    expect(saved.rows[0].intervals).toEqual(rows[0].intervals);
  });
});

it('evaluate says how sure the comparison is, and plainly when nothing beats the naive forecasts', async () => {
  const { stderr } = await ntInside('evaluate', '-m', at('point'));
  expect(stderr).toMatch(/the best of the naive forecasts \(.*95 % interval of the skill .* to .*(p [=<] 0|too few)/);
  expect(stderr).toMatch(/Nothing beats the naive forecasts here|less error/);
});

it('--horizon: less is the beginning, more goes on from forecasts and says so', async () => {
  const lines = async (...flags: string[]) => (await forecast('point', ...flags)).stdout.trimEnd().split('\n');
  const [all, less, more] = [await lines(), await lines('--horizon', '3'), await lines('--horizon', '10')];
  expect([less, more.slice(0, 8)]).toEqual([all.slice(0, 4), all]);
  expect(more).toHaveLength(11);
  const told = await ntInside('forecast', '-m', at('quantiles'), '--horizon', '10');
  expect([told.code, header(told.stdout)]).toEqual([0, 'ds,sales']);
  expect(told.stderr).toMatch(/note: 10 time steps with a model of 7: .* forecasts go on from forecasts/);
  expect((await forecast('quantiles', '--horizon', '10', '--levels', '80')).stderr).toMatch(/at most 7/);
});

describe('--future-data', () => {
  const joined = (): Promise<string> => {
    writeFileSync(at('joined.csv'), promoted(150, 7));
    return forecast('ahead', '-d', at('joined.csv')).then(({ stdout }) => stdout);
  };
  const aheadOnly = (from: number, count: number): string =>
    `date,promotion\n${promoted(150, 7)
      .trimEnd()
      .split('\n')
      .slice(from)
      .slice(0, count)
      .map((line) => line.replace(',,', ','))
      .join('\n')}\n`;

  it('is the same as rows behind the last target, and needs no target column', async () => {
    writeFileSync(at('future.csv'), aheadOnly(151, 7));
    const { code, stderr, stdout } = await forecast('ahead', '--future-data', at('future.csv'));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(await joined());
  });

  it('is told where covariates are missing', async () => {
    writeFileSync(at('none.csv'), promoted(150, 0));
    const { code, stderr } = await forecast('ahead', '-d', at('none.csv'));
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/7 of 7 steps.*an empty target, or .*--future-data <file>/),
    ]);
  });

  it('for a model that knows nothing ahead is called wrongly, also where the file is none', async () => {
    const { code, stderr, stdout } = await forecast('point', '--future-data', at('nothing.csv'));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/--future-data .*nothing\.csv: the model knows no covariates ahead .*leave it out/);
  });

  it('that lacks a day names it', async () => {
    writeFileSync(at('short.csv'), aheadOnly(151, 5));
    const { code, stderr } = await forecast('ahead', '--future-data', at('short.csv'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/lacks series .*2023-06-06/);
  });
});
