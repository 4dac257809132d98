import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notInstalled } from '../src/output/png-of.ts';
import { terminalPlot } from '../src/output/terminal-plot.ts';
import { ntAtTerminal, ntInside } from './run-inside.ts';
import { temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const data = ['-d', at('births.csv'), '--target', 'births'];
const given = ['train', '-d', '--target'];
const small = tiny.filter((word, i) => !given.includes(word) && !['-d', '--target'].includes(tiny[i - 1]!));
const walk = ['--folds', '2', '--test-size', '6', '--validation', '4'];
const short = ['--horizon', '2', '--max-updates', '2'];
const blend = [...data, ...short, '--preset', 'fast'];
const verbs: Readonly<Record<string, readonly string[]>> = {
  train: ['train', ...data, ...small, '--loss', 'quantile', '-o', at('model'), '--overwrite'],
  forecast: ['forecast', '-m', at('model'), '-o', at('f.csv')],
  evaluate: ['evaluate', '-m', at('model')],
  backtest: ['backtest', ...data, ...small, ...walk, '-o', at('walk'), '--overwrite'],
  forecastAhead: ['forecast', '-m', at('ahead'), '--future-data', at('future.csv'), '-o', at('f.csv')],
  trainBlend: ['train', ...blend, '-o', at('blend'), '--overwrite'],
  backtestBlend: ['backtest', ...blend, ...walk, '-o', at('walk'), '--overwrite'],
};

beforeAll(async () => {
  writeBirths(folder, 60);
  expect(await ntInside(...verbs['train']!)).toMatchObject({ code: 0 });
  const rows = readFileSync(at('births.csv'), 'utf8').trimEnd().split('\n');
  const known = rows.map((row, k) => `${row},${k === 0 ? 'holiday' : Number(k % 7 === 0)}`);
  writeFileSync(at('known.csv'), `${known.join('\n')}\n`);
  writeFileSync(at('future.csv'), 'date,holiday\n1969-03-02,0\n1969-03-03,1\n');
  const ahead = [
    '-d',
    at('known.csv'),
    ...short,
    '--model',
    'nhits',
    '--input-size',
    '4',
    '--hidden-size',
    '3',
    '--future',
    'holiday',
    '-o',
    at('ahead'),
  ];
  expect(await ntInside('train', ...ahead)).toMatchObject({ code: 0 });
});

describe.each(Object.keys(verbs))('nt %s', (verb) => {
  const words = verbs[verb]!;

  it('--report writes a page with a heading for each part, --plot a picture', async () => {
    const files = ['--report', at(verb, 'page.html'), '--plot', at(verb, 'plot.svg')];
    const { code, stderr } = await ntInside(...words, ...files);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`report written to ${at(verb, 'page.html')}`)]);
    expect(stderr).toContain(`drawn in ${at(verb, 'plot.svg')}`);
    const page = readFileSync(at(verb, 'page.html'), 'utf8');
    const headings = [...page.matchAll(/<h2 id="([\w-]+)-heading">/g)].map(([, id]) => id);
    const expected: Readonly<Record<string, readonly string[]>> = {
      train: ['forecast', 'comparison', 'intervals', 'errors', 'decomposition', 'training', 'data', 'origin'],
      forecast: ['forecast', 'comparison', 'intervals', 'errors', 'decomposition', 'training', 'data', 'origin'],
      evaluate: ['comparison', 'intervals', 'errors', 'training', 'data', 'origin'],
      backtest: ['comparison', 'backtest', 'errors', 'data', 'origin'],
      forecastAhead: ['forecast', 'comparison', 'errors', 'training', 'data', 'origin'],
      trainBlend: ['forecast', 'comparison', 'intervals', 'errors', 'decomposition', 'recipe', 'data', 'origin'],
      backtestBlend: ['comparison', 'backtest', 'errors', 'data', 'origin'],
    };
    expect(headings).toEqual(expected[verb]);
    expect(page).toMatch(/<dt>Kernels<\/dt><dd>[\w-]+/);
    expect(readFileSync(at(verb, 'plot.svg'), 'utf8')).toMatch(/^<svg [\s\S]+class="line"[\s\S]+<\/svg>\n$/);
  });

  it('--plot draws PNG, twice as fine', async () => {
    expect((await ntInside(...words, '--plot', at(verb, 'plot.png'), '--quiet')).code).toBe(0);
    const bytes = readFileSync(at(verb, 'plot.png'));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.readUInt32BE(16)).toBe(1800);
  });

  it.each([80, 160])('sketches in a terminal of %i columns, and with --no-sketch does not', async (columns) => {
    const { code, stderr } = await ntAtTerminal(columns, ...words);
    const drawn = sketchIn(stderr);
    expect(code).toBe(0);
    expect(drawn.length).toBeGreaterThan(10);
    const widths = drawn.map((line) => line.trimEnd().length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    expect(Math.max(...widths)).toBeGreaterThan(0.9 * columns);
    expect(sketchIn((await ntAtTerminal(columns, ...words, '--no-sketch')).stderr)).toEqual([]);
  });

  it.each([
    [['--plot', 'plot.jpg'], /--plot .*plot\.jpg: plots are written as \.svg or \.png/],
    [['--report', 'page.pdf'], /--report .*page\.pdf: .*ends in \.html/],
    [['--report', at('births.csv', 'page.html')], /--report .*births\.csv' is a file/],
    [['--plot', folder], /--plot .*this is a folder/],
  ])('%j is found before anything is computed', async (flags, message) => {
    const { code, stderr, stdout } = await ntInside(...words, ...flags);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});

it('where there is nothing to draw, --plot says why, also when quiet', async () => {
  const words = blend.map((word) => (word === at('births.csv') ? at('known.csv') : word));
  const more = ['--future', 'holiday', '-o', at('known'), '--quiet', '--plot', at('known.svg')];
  const { code, stderr } = await ntInside('train', ...words, ...more);
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/--plot .*known\.svg: nothing was drawn: .*future covariates/),
  ]);
  expect(existsSync(at('known.svg'))).toBe(false);
});

/** The lines of a sketch: from the tip of the y axis to the names of the lines. */
const sketchIn = (stderr: string): string[] =>
  stripVTControlCharacters(stderr)
    .split('\n')
    .filter((line) => /[▲┤│└]/.test(line));

it('a run that is gone on with writes the report that was asked for at its beginning', async () => {
  const folds = [...data, ...small, ...walk, '-o', at('again'), '--report', at('again.html'), '--quiet'];
  expect((await ntInside('backtest', ...folds)).code).toBe(0);
  rmSync(at('again.html'));
  expect((await ntInside('resume', at('again'), '--quiet')).code).toBe(0);
  expect(readFileSync(at('again.html'), 'utf8')).toContain('id="backtest"');
  expect((await ntInside('backtest', '--resume', at('again'), '--report', at('other.html'))).code).toBe(0);
  expect(existsSync(at('other.html'))).toBe(true);
});

it('names of a file that look like markup stay text, in pages and plots', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  const day = (step: number): string => new Date(Date.UTC(2024, 0, 1 + step)).toISOString().slice(0, 10);
  const rows = Array.from({ length: 60 }, (_, t) => `${day(t)},${evil},${10 + Math.sin(t)}`);
  writeFileSync(at('evil.csv'), `ds,<b>id</b>,<script>alert(2)</script>\n${rows.join('\n')}\n`);
  const words = ['-d', at('evil.csv'), '--id', '<b>id</b>', '--target', '<script>alert(2)</script>', ...small];
  const files = ['--report', at('evil.html'), '--plot', at('evil.svg')];
  expect((await ntInside('train', ...words, ...files, '-o', at('evil'))).stderr).toMatch(/report written/);
  expect((await ntInside('forecast', '-m', at('evil'), '--plot', at('evil-f.svg'), '-o', at('e.csv'))).code).toBe(0);
  for (const name of ['evil.html', 'evil.svg', 'evil-f.svg'])
    expect(readFileSync(at(name), 'utf8')).not.toMatch(/<script|<img|<b>id/);
  expect(readFileSync(at('evil.html'), 'utf8')).toContain('&lt;script&gt;');
});

describe('the script of a report', () => {
  // In this package, so that it finds those that it imports.
  const place = mkdtempSync(join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules', '.script-'));
  afterAll(() => rmSync(place, { recursive: true }));

  it.each(Object.keys(verbs))('of nt %s gives the same numbers', async (verb) => {
    const { stdout } = await ntInside(...verbs[verb]!, '--json', '--report', at('script.html'));
    const page = readFileSync(at('script.html'), 'utf8');
    const [, escaped] = /<pre tabindex="0" role="group" aria-labelledby="script-title"><code>([^<]*)</.exec(page)!;
    const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
    const script = escaped!.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => signs[name]!);
    const model = at('scripted');
    writeFileSync(
      join(place, `${verb}.ts`),
      script.replace(JSON.stringify(at('model')), JSON.stringify(verb === 'train' ? model : at('model'))),
    );
    const printed: unknown[][] = [];
    const log = console.log;
    console.log = (...values) => void printed.push(values);
    try {
      await import(/* @vite-ignore */ join(place, `${verb}.ts`));
    } finally {
      console.log = log;
    }
    expect(printed).toEqual(numbersOf(verb, JSON.parse(stdout)));
    expect(printed.length).toBeGreaterThan(1);
  });
});

interface Told {
  readonly evaluation?: Told;
  readonly rows?: readonly { readonly method: string; readonly mae: number; readonly rmse: number }[];
  readonly series?: readonly {
    readonly id: string;
    readonly times: readonly string[];
    readonly values: readonly number[];
  }[];
}

/** What a script prints, from the JSON of its command. */
function numbersOf(verb: string, told: Told): unknown[][] {
  if (verb.startsWith('forecast'))
    return told.series!.flatMap(({ id, times, values }) =>
      values.map((value, step) => [id, new Date(times[step]!).toISOString(), value]),
    );
  const { rows } = told.evaluation ?? told;
  return rows!.map(({ method, mae, rmse }) => [method, mae, rmse]);
}

it('a package or fonts that are missing are asked for by name', () => {
  const error = Object.assign(new Error("Cannot find package '@resvg/resvg-js' imported from x"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  expect(notInstalled(error)?.message).toMatch(/npm install --global @resvg\/resvg-js@\d.*\.svg/);
  expect(notInstalled(new Error('another'))).toBeUndefined();
});

it.each([80, 160])('the sketch of a constant, of gaps and of one point at %i columns', (width) => {
  const line = (values: number[]) => ({ name: 'a', at: values.map((_, i) => i), values });
  const lines = (values: number[]) => terminalPlot({ title: '', lines: [line(values)] }, ['from', 'to'], width);
  expect(lines([1])).toBeNull();
  expect(lines([Number.NaN, Number.NaN])).toBeNull();
  for (const values of [
    [7, 7, 7],
    [0, 0],
    [1, Number.NaN, 3],
    [1e9, -1e9],
    Array.from({ length: 500 }, (_, i) => Math.sin(i)),
  ]) {
    const drawn = stripVTControlCharacters(lines(values)!).split('\n');
    expect(Math.max(...drawn.map((one) => one.trimEnd().length))).toBeLessThanOrEqual(width);
    expect(drawn.at(-1)).toMatch(/from +to$/);
  }
});
