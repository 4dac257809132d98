import { describe, expect, it } from 'vitest';
import { readJson, readRows, readTsf } from '../src/index.ts';
import { bytes, errorOf } from './support/bytes.ts';

describe('other formats', () => {
  it('reads row objects as the same CSV', async () => {
    const rows = [
      { id: '001', ds: new Date('2020-01-01'), y: 1 },
      { id: '001', ds: new Date('2020-01-02'), y: '2.5' },
    ];
    const set = await readRows(rows, { id: 'id' });
    expect([set.ids, [...set.values], set.starts[0]]).toEqual([['001'], [1, 2.5], Date.UTC(2020, 0, 1)]);
    expect(
      (await errorOf(() => readRows([...rows, { id: 'x', ds: 'soon', y: 1 }], { id: 'id' }))).details,
    ).toMatchObject({ row: 3, column: 'ds', value: 'soon' });
  });

  it('reads JSON and JSON Lines, and names the line that is neither', async () => {
    const rows = [
      { ds: '2020-01-01', y: 1 },
      { ds: '2020-01-02', y: null },
    ];
    const array = await readJson(bytes(JSON.stringify(rows)), { missing: 'mask' });
    const lines = await readJson(bytes(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`), { missing: 'mask' });
    expect([array.values, array.available]).toEqual([lines.values, lines.available]);
    expect((await errorOf(() => readJson(bytes('{"a":1}\n{"a":')))).details.line).toBe(2);
  });

  const tsf =
    '# caf\u00e9\n@relation x\n@attribute series_name string\n@attribute start_timestamp date\n@frequency hourly\n@horizon 2\n@data\nT1:2020-01-01 12-00-00:1,2,3\nT2:2020-01-01 13-00-00:4,?,6\n';

  it('reads tsf, whose missing values are question marks', async () => {
    const set = await readTsf(bytes(tsf), { missing: 'mask' });
    expect([set.ids, [...set.values], [...set.available!]]).toEqual([
      ['T1', 'T2'],
      [1, 2, 3, 4, Number.NaN, 6],
      [1, 1, 1, 1, 0, 1],
    ]);
    expect([set.frequency.unit, set.starts[1]]).toEqual(['hour', Date.UTC(2020, 0, 1, 13)]);
    expect(set.report.notices).toContain('the file names a horizon of 2');
  });

  it('names the line of a fault in tsf', async () => {
    expect((await errorOf(() => readTsf(bytes(tsf.replace('4,?', '4,x')), { missing: 'mask' }))).details).toMatchObject(
      { line: 9, value: 'x' },
    );
    expect((await errorOf(() => readTsf(bytes(tsf.replace('T2', 'T1'))))).code).toBe('data/duplicate-series');
    expect((await errorOf(() => readTsf(bytes('hello')))).code).toBe('data/corrupt-file');
  });
});
