import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRows } from '@nt/data';
import { writeArrow } from '@nt/data/arrow';
import { beforeAll, expect, it } from 'vitest';
import { daily, day, wave } from './field-case-table/field-case.ts';
import { ntInside, seriesOf } from './run-inside.ts';
import { temporaryFolder } from './run-nt.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const small = ['--input-size', '14', '--horizon', '7', '--hidden-size', '8', '--epochs', '1', '--batch-size', '32'];
const rows = Array.from({ length: 150 }, (_, step) => ({ ds: day('2023-01-02', step), y: wave(step) }));

beforeAll(async () => {
  writeFileSync(at('s.json'), JSON.stringify(rows));
  for (const name of ['s.jsonl', 's.ndjson'])
    writeFileSync(at(name), rows.map((row) => JSON.stringify(row)).join('\n'));
  writeFileSync(at('s.tsv'), `ds\ty\n${rows.map(({ ds, y }) => `${ds}\t${y}`).join('\n')}\n`);
  const header =
    '@relation x\n@attribute series_name string\n@attribute start_timestamp date\n@frequency daily\n@missing false\n@data';
  writeFileSync(at('s.tsf'), `${header}\nT1:2023-01-02 00-00-00:${rows.map(({ y }) => y).join(',')}\n`);
  const set = await readRows(rows);
  for (const name of ['s.arrow', 's.feather']) writeFileSync(at(name), await writeArrow(set));
  for (const shop of ['north', 'south']) writeFileSync(at(`shop-${shop}.csv`), daily());
});

it.each(['s.json', 's.jsonl', 's.ndjson', 's.tsv', 's.tsf', 's.arrow', 's.feather'])(
  '%s is read, trained on and forecast',
  async (name) => {
    const trained = await ntInside('train', '-d', at(name), ...small, '-o', at(`of-${name}`));
    expect(trained.stderr).toMatch(/1 series of 150 time steps, frequency day/);
    expect(trained.code).toBe(0);
    const { stdout } = await ntInside('forecast', '-m', at(`of-${name}`), '--quiet');
    expect(stdout).toMatch(/^ds,\w+\n2023-06-01( 00:00)?,/);
    expect(stdout.trimEnd().split('\n')).toHaveLength(8);
  },
);

it('a pattern in quotes reads a series of each file, named after it', async () => {
  const set = await seriesOf(['-d', at('shop-*.csv')]);
  expect(set.ids).toEqual(['shop-north', 'shop-south']);
});
