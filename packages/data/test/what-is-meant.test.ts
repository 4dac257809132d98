import { describe, expect, it } from 'vitest';
import { readRows } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

const days = Array.from({ length: 30 }, (_, day) => new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10));
const csv = (header: string, row: (day: string, index: number) => readonly string[]): string =>
  `${header}\n${days.flatMap(row).join('\n')}\n`;

describe('two rows of one time', () => {
  it.each([
    ['one column', 'date,region,sales', (day: string) => [`${day},north,1`, `${day},south,2`], ['region']],
    [
      'several',
      'date,shop,sort,sales',
      (day: string) => [`${day},a,x,1`, `${day},b,x,2`, `${day},b,y,2`],
      ['shop', 'sort'],
    ],
  ])('name the texts beside them: %s', async (_, header, row, names) => {
    const error = await errorOf(() => readText(csv(header, row), { target: 'sales' }));
    expect(error.code).toBe('data/duplicate-time');
    for (const name of names) expect(error.message).toContain(`'${name}'`);
    expect(error.remedies).toContainEqual({ option: 'id', values: [names[0]] });
  });

  it('and the id that is told reads them', async () => {
    const text = csv('date,region,sales', (day) => [`${day},north,1`, `${day},south,2`]);
    expect((await readText(text, { target: 'sales', id: 'region' })).ids).toEqual(['north', 'south']);
    const rows = days.flatMap((date) => ['north', 'south'].map((region) => ({ date, region, sales: 1 })));
    const error = await errorOf(() => readRows(rows, { target: 'sales' }));
    expect(error.remedies).toContainEqual({ option: 'id', values: ['region'] });
  });

  it.each([
    ['Settlement Period', 48],
    ['HE', 24],
  ])('name the column that counts the steps of a day, which is no target: %s', async (name, count) => {
    const counts = Array.from({ length: count }, (_, k) => k + 1);
    const text = csv(`Settlement Date,${name},Demand`, (day) => counts.map((k) => `${day},${k},${k + 0.5}`));
    const error = await errorOf(() => readText(text));
    expect(error.remedies).toContainEqual({ option: 'time', values: [['Settlement Date', name]] });
    const time = ['Settlement Date', name];
    expect((await readText(text, { time })).report.frequency).toBe(count === 24 ? 'hour' : '30 minutes');
  });

  it('without such texts keep their advice', async () => {
    const text = csv('date,note,sales', (day) => [`${day},same,1`, `${day},same,2`]);
    const { remedies, message } = await errorOf(() => readText(text, { target: 'sales' }));
    expect(remedies).toContainEqual({ option: 'duplicates', values: ['last', 'first', 'mean'] });
    expect(message).not.toContain("'note'");
  });
});

it.each([[{}], [{ target: 'sales' }], [{ time: false as const }]])(
  'a header without rows is that, whatever is told: %j',
  async (options) => {
    const error = await errorOf(() => readText('date,sales\n', options));
    expect([error.code, error.message]).toEqual(['data/header-only', expect.stringContaining('a header but no rows')]);
  },
);

it('what stands inside of rows is shown where no column of numbers is left', async () => {
  const rows = days.map((date, k) => ({ date, of: { load: k } }));
  expect((await errorOf(() => readRows(rows))).message).toContain(`column 'of' holds "{ load }", not a number`);
  const wide = days.map((date) => ({ date, of: { load: 1n } }));
  expect((await errorOf(() => readRows(wide))).message).toContain(`column 'of' holds "{ load }", not a number`);
  const self: Record<string, unknown> = {};
  self['self'] = self;
  expect((await errorOf(() => readRows([{ date: days[0], self }]))).message).toContain(`'self' holds "{ self }"`);
  const pairs = [{ prices: [[1, 2]] }, { prices: [[2, 3]] }];
  expect((await errorOf(() => readRows(pairs))).message).toContain('prices ("[…]")');
});

it.each(['interval', 'Period', 'hour'])(
  'a column that is named as clocks are is the target where it is the only one: %s',
  async (name) => {
    const set = await readText(csv(`date,${name}`, (day) => [`${day},${Number(day.slice(8)) % 9}`]));
    expect([set.target, set.values[0]]).toEqual([name, 1]);
  },
);
