import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seriesValues, writeTime } from '@nt/data';
import { readTable } from '@nt/data/node';
import { type TimestampMillisecond, tableFromIPC } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { day, wave } from './field-case-table/field-case.ts';
import { ntInside } from './run-inside.ts';
import { temporaryFolder } from './run-nt.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const small = ['--input-size', '6', '--horizon', '3', '--hidden-size', '3', '--epochs', '1', '--batch-size', '16'];
const intervals = ['--loss', 'quantile:quantiles=0.1,0.5,0.9'];

interface Told {
  readonly target: string;
  readonly series: readonly { id: string; times: string[]; values: number[]; quantiles: number[][] }[];
}

beforeAll(async () => {
  const rows = ['x', 'y'].flatMap((id, k) =>
    Array.from({ length: 60 }, (_, step) => `${id},${day('2024-01-01', step)},${10 ** k * wave(step)}`),
  );
  writeFileSync(at('two.csv'), `id,ds,sales\n${rows.join('\n')}\n`);
  const words = ['train', '-d', at('two.csv'), '--id', 'id', ...small, ...intervals, '-o', at('two')];
  expect((await ntInside(...words)).code).toBe(0);
  writeFileSync(at('rows.csv'), `v\n${Array.from({ length: 60 }, (_, step) => wave(step)).join('\n')}\n`);
  expect((await ntInside('train', '-d', at('rows.csv'), '--no-time', ...small, '-o', at('rows'))).code).toBe(0);
});

const write = async (model: string, file: string): Promise<Told> => {
  const { code, stdout, stderr } = await ntInside('forecast', '-m', at(model), '--json', '-o', at(file));
  expect([code, stderr]).toEqual([0, expect.stringContaining(`written to ${at(file)}`)]);
  return JSON.parse(stdout) as Told;
};

it.each(['csv', 'tsv', 'jsonl', 'parquet', 'arrow', 'feather'])('a forecast as .%s reads again', async (ending) => {
  const told = await write('two', `f.${ending}`);
  const names = ['sales', 'sales-lo-80', 'sales-hi-80'];
  for (const [index, target] of names.entries()) {
    const set = await readTable(at(`f.${ending}`), { target, time: 'ds', id: 'unique_id', frequency: 'day' });
    expect(set.ids).toEqual(['x', 'y']);
    told.series.forEach(({ times, values, quantiles }, series) => {
      const column = [values, quantiles[0]!, quantiles[2]!][index]!;
      Array.from(seriesValues(set, series)).forEach((value, step) => {
        expect(value).toBeCloseTo(column[step]!, 4);
      });
      expect(writeTime(set, set.starts[series]!).slice(0, 10)).toBe(times[0]);
    });
  }
});

it('a forecast as .json is what --json prints', async () => {
  const told = await write('two', 'f.json');
  expect(JSON.parse(readFileSync(at('f.json'), 'utf8'))).toEqual(told);
});

it.each(['parquet', 'arrow'])('without times, rows are numbered as .%s', async (ending) => {
  const told = await write('rows', `r.${ending}`);
  expect(told.series[0]!.times).toEqual(['row 61', 'row 62', 'row 63']);
  const set = await readTable(at(`r.${ending}`), { target: 'ds', time: false });
  expect(Array.from(seriesValues(set, 0))).toEqual([61, 62, 63]);
});

it('times are marked as UTC as .arrow, as they are as .parquet', async () => {
  await write('two', 'utc.arrow');
  const { schema } = tableFromIPC(readFileSync(at('utc.arrow')));
  const { type } = schema.fields.find(({ name }) => name === 'ds')!;
  expect((type as TimestampMillisecond).timezone).toBe('UTC');
});

describe.each(['ds', 'unique_id'])('of a target named %s', (target) => {
  beforeAll(async () => {
    const rows = Array.from({ length: 60 }, (_, step) => `${day('2024-01-01', step)},${wave(step)}`);
    writeFileSync(at(`${target}.csv`), `when,${target}\n${rows.join('\n')}\n`);
    const words = ['train', '-d', at(`${target}.csv`), '--time', 'when', '--target', target, ...small, ...intervals];
    expect((await ntInside(...words, '-o', at(target))).code).toBe(0);
  });

  it.each(['csv', 'tsv', 'jsonl', 'parquet', 'arrow'])(
    'the column is y as .%s, and nothing is lost',
    async (ending) => {
      const told = await write(target, `${target}-f.${ending}`);
      for (const [column, values] of [
        ['y', told.series[0]!.values],
        ['y-hi-80', told.series[0]!.quantiles[2]!],
      ] as const) {
        const set = await readTable(at(`${target}-f.${ending}`), { target: column, time: 'ds', frequency: 'day' });
        Array.from(seriesValues(set, 0)).forEach((value, step) => {
          expect(value).toBeCloseTo(values[step]!, 4);
        });
      }
    },
  );
});

it('an ending that is none of ours is told before anything is computed', async () => {
  const { code, stderr } = await ntInside('forecast', '-m', at('nowhere'), '-o', at('f.xlsx'));
  expect([code, stderr]).toEqual([2, expect.stringMatching(/written as \.csv, .*\.feather; '\.xlsx' is none/)]);
  expect(existsSync(at('f.xlsx'))).toBe(false);
});
