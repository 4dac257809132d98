import { existsSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seriesValues, translateRemedies } from '@nt/data';
import { describe, expect, it } from 'vitest';
import { crosstabCases } from './field-case-table/crosstabs.ts';
import type { FieldCase, ForecastRows } from './field-case-table/field-case.ts';
import { formCases } from './field-case-table/file-forms.ts';
import { serviceCases } from './field-case-table/json-of-services.ts';
import { numberCases } from './field-case-table/numbers.ts';
import { languageCases } from './field-case-table/other-languages.ts';
import { secondFileCases } from './field-case-table/second-files.ts';
import { seriesCases } from './field-case-table/series.ts';
import { axisCases } from './field-case-table/time-axis.ts';
import { timeCases } from './field-case-table/times.ts';
import { programCases } from './field-case-table/what-programs-write.ts';
import { zoneCases } from './field-case-table/zones.ts';
import { ntInside, seriesOf, trainParser } from './run-inside.ts';
import { type NtResult, temporaryFolder } from './run-nt.ts';

const cases = fileURLToPath(new URL('field-cases', import.meta.url));
const folder = temporaryFolder();
const model = join(folder, 'model');
const size = ['--input-size', '14', '--horizon', '7', '--hidden-size', '8', '--epochs', '1', '--batch-size', '32'];

const pathOf = (name: string): string => join(existsSync(join(cases, name)) ? cases : folder, name);

describe.each([
  ['numbers', numberCases],
  ['times', timeCases],
  ['zones', zoneCases],
  ['time axis', axisCases],
  ['forms of files', formCases],
  ['series', seriesCases],
  ['second files', secondFileCases],
  ['what programs write', programCases],
  ['JSON of services', serviceCases],
  ['other languages', languageCases],
  ['crosstabs', crosstabCases],
] as const)('%s', (_, table) => {
  it.each(table)('$title', async (row) => {
    rmSync(model, { recursive: true, force: true });
    if (row.make) writeFileSync(join(folder, row.file), row.make());
    const words = ['-d', pathOf(row.file), ...size, ...(row.flags ?? [])];
    const trained = await ntInside('train', ...words, '-o', model);
    checkManners(trained, row);
    if (row.fails) {
      for (const text of row.fails) expect(trained.stderr).toMatch(text);
      expect(trained.code).toBe(row.code ?? 1);
      expect(existsSync(model)).toBe(false);
      return;
    }
    expect(trained.stderr).not.toMatch(/error:/);
    expect(trained.code).toBe(0);
    for (const text of row.says ?? []) expect(trained.stderr).toMatch(text);
    if (row.values) await checkValues(words, row.values);
    await checkForecast(row);
  });
});

async function checkValues(words: readonly string[], expected: NonNullable<FieldCase['values']>): Promise<void> {
  const set = await seriesOf(words);
  const values = seriesValues(set, expected.series ?? 0);
  expect({ count: values.length, first: values[0], last: values.at(-1) }).toEqual({
    count: expected.count,
    first: expect.closeTo(expected.first, 9),
    last: expect.closeTo(expected.last, 9),
  });
}

async function checkForecast(row: FieldCase): Promise<void> {
  const flags = (row.forecast ?? []).map((word, i, all) => (all[i - 1] === '-d' ? pathOf(word) : word));
  const run = await ntInside('forecast', '-m', model, ...flags);
  checkManners(run, row);
  if (row.forecastFails) {
    for (const text of row.forecastFails) expect(run.stderr).toMatch(text);
    expect(run.code).toBe(1);
    return;
  }
  expect(run.stderr).not.toMatch(/error:/);
  expect(run.code).toBe(0);
  for (const text of row.forecastSays ?? []) expect(run.stderr).toMatch(text);
  const rows = rowsOf(run.stdout);
  for (const value of rows.values) expect(Number.isFinite(Number(value)), value).toBe(true);
  const horizon = Number(row.flags?.[row.flags.indexOf('--horizon') + 1]) || 7;
  if (row.ahead) {
    expect(rows.times[0]).toMatch(exactly(row.ahead[0]));
    expect(rows.times[horizon - 1]).toMatch(exactly(row.ahead[1]));
  }
  row.check?.(rows, run);
  if (row.evaluates) expect((await ntInside('evaluate', '-m', model)).stderr).toMatch(row.evaluates);
}

const exactly = (text: string | RegExp): RegExp =>
  typeof text === 'string' ? new RegExp(`^${text.replaceAll(/[.+()]/g, '\\$&')}$`) : text;

function rowsOf(csv: string): ForecastRows {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const cells = lines.map((line) => line.match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)!.slice(0, -1));
  const column = (at: number): string[] => cells.map((row) => row.at(at)?.replace(/,$/, '') ?? '');
  return { header, ids: cells[0]?.length === 3 ? column(0) : [], times: column(-2).map(unquoted), values: column(-1) };
}

const unquoted = (text: string): string => text.replace(/^"(.*)"$/, '$1');

/** What holds for each run: no raw control characters, no option of a library, no flag that does not exist, no nonsense. */
function checkManners({ stderr, stdout }: NtResult, row: FieldCase): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  translateRemedies(stderr, ({ option }) => expect.fail(`${option} is an option of a library: ${stderr}`));
  expect(stderr).not.toMatch(/^\\n/m);
  expect(stderr).not.toMatch(/(Infinity|NaN) %/);
  expect(stderr).not.toMatch(/not an error that nt expected/);
  expect(openFiles()).not.toContain(pathOf(row.file));
  if (row.never) expect(stderr + stdout).not.toMatch(row.never);
  const known = new Set([
    '--help',
    '--series',
    '--future-data',
    ...trainParser(() => {}).options.flatMap(({ long }) => long ?? []),
  ]);
  for (const [flag] of stderr.matchAll(/(?<![\w-])--[a-z][\w-]*/g)) expect([...known], stderr).toContain(flag);
}

/** The files that this process holds open, where the system tells: Node warns of those that nobody closes. */
function openFiles(): readonly string[] {
  const place = '/proc/self/fd';
  const target = (entry: string): string => {
    try {
      return readlinkSync(join(place, entry));
    } catch {
      return '';
    }
  };
  return existsSync(place) ? readdirSync(place).map(target) : [];
}
