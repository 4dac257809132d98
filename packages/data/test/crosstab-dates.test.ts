import { describe, expect, it } from 'vitest';
import { errorOf } from './support/bytes.ts';
import { counting, days, hours, months, readTwice, seen, two } from './support/crosstab-files.ts';
import { readText } from './support/read-text.ts';

const monthDays = Array.from({ length: 31 }, (_, day) => String(day + 1));
const hourly = { first: '2024-01-01 00:00', last: '2024-01-03 23:00', frequency: 'hour' };

describe('dates that stand in several columns', () => {
  const load = (names: readonly string[], zones: readonly string[]) => {
    const rows = zones.flatMap((zone) =>
      days(3).map((day, row) => [zone, ...day.split('-').map(Number), ...hours((hour) => row * 24 + hour)].join()),
    );
    return `${['zone_id', ...names, ...hours((hour) => `h${hour + 1}`)].join()}\n${rows.join('\n')}\n`;
  };
  it('year, month and day beside hours, as GEFCom has them', async () => {
    const set = await readTwice(load(['year', 'month', 'day'], ['1', '2']));
    expect([set.ids, seen(set)]).toEqual([['1', '2'], { ...hourly, counts: true }]);
    expect(set.report.columns.time).toBe('year + month + day');
  });

  it('under names that are told', async () => {
    const set = await readTwice(load(['a', 'b', 'c'], ['1']), { time: ['a', 'b', 'c'], layout: 'crosstab' });
    expect(seen(set)).toEqual({ ...hourly, counts: true });
    const error = await errorOf(() =>
      readText(load(['year', 'month', 'day'], ['1']).replace('\n1,2024,1,2,', '\n1,2024,1,32,')),
    );
    expect(error.message).toMatch(/line 3, column 'year \+ month \+ day': "2024-01-32" is not a date/);
  });
});

describe('days of a month', () => {
  const cell = (month: number, day: number) => (day > new Date(Date.UTC(2023, month + 1, 0)).getUTCDate() ? '' : day);
  const table = (first: string, key: (month: number) => string, cells = cell) =>
    `${[first, ...monthDays].join()}\n${months.map((_, month) => [key(month), ...monthDays.map((_, day) => cells(month, day + 1))].join()).join('\n')}\n`;
  it.each([
    ['year and month', table('Year,Month', (month) => `2023,${month + 1}`)],
    ['year and the name of a month', table('Year,Month', (month) => `2023,${months[month]}`)],
    ['one column of months', table('Month', (month) => `2023-${two(month + 1)}`)],
  ])('go across beside %s', async (_, text) => {
    const set = await readTwice(text);
    expect([seen(set).first, seen(set).last, set.report.timeSteps, set.report.missing]).toEqual([
      '2023-01-01',
      '2023-12-31',
      365,
      null,
    ]);
  });

  it('a value on a day that the month does not have is an error', async () => {
    const text = table(
      'Year,Month',
      (month) => `2023,${month + 1}`,
      (_, day) => day,
    );
    expect((await errorOf(() => readText(text))).message).toMatch(/line 3, column '29': 2023-02(-01)? has no such day/);
  });

  it('31 features beside days are none', async () => {
    expect((await errorOf(() => readText(counting('date', monthDays, days(3))))).message).not.toMatch(/crosstab/);
  });
});

it('a number of each row makes no series of each', async () => {
  const rows = [2019, 2020, 2021].map((year, row) =>
    [row + 1, year, ...months.map((_, month) => row * 12 + month)].join(),
  );
  const set = await readTwice(`id,Year,${months.join()}\n${rows.join('\n')}\n`);
  expect([set.ids, seen(set).counts, set.report.columns.unused]).toEqual([['value'], true, ['id']]);
  const two = ['N', 'S'].flatMap((region, at) =>
    [2019, 2020].map((year, row) => [at * 2 + row, region, year, ...months.map((_, month) => row * 12 + month)].join()),
  );
  expect((await readTwice(`id,region,Year,${months.join()}\n${two.join('\n')}\n`)).ids).toEqual(['N', 'S']);
});

it('a crosstab has times', async () => {
  expect((await errorOf(() => readText('a,b\n1,2\n', { layout: 'crosstab', time: false }))).code).toBe(
    'data/bad-option',
  );
});
