import { describe, expect, it } from 'vitest';
import type { CsvOptions } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { counting, days, hours, months } from './support/crosstab-files.ts';
import { readText } from './support/read-text.ts';

const years = ['2019', '2020', '2021'];
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, k) => String(from + k));
const withColumn = (text: string, name: string, cell: (row: number) => string | number): string =>
  text
    .trim()
    .split('\n')
    .map((line, row) => `${line},${row === 0 ? name : cell(row)}`)
    .join('\n');

describe('a table is turned only where it is plain', () => {
  it.each<[title: string, text: string]>([
    ['two shops named as months', counting('date', ['May', 'June'], days(3))],
    ['four shops named as months', counting('date', ['April', 'May', 'June', 'August'], days(3))],
    ['eleven months', counting('Year', months.slice(1), years)],
    ['three quarters', counting('Year', ['Q1', 'Q2', 'Q3'], years)],
    [
      'features 1 to 24 beside hours',
      counting(
        'time',
        numbers(1, 24),
        hours((hour) => `2024-01-01T${String(hour).padStart(2, '0')}:00`),
      ),
    ],
    ['features 1 to 24 beside weeks', counting('date', numbers(1, 24), ['2024-01-01', '2024-01-08', '2024-01-15'])],
    ['features 1 to 24 beside months', counting('month', numbers(1, 24), ['2024-01', '2024-02', '2024-03'])],
    ['features 1 to 30', counting('date', numbers(1, 30), days(3))],
    ['features 1 to 23', counting('date', numbers(1, 23), days(3))],
    ['features 0 to 24', counting('date', numbers(0, 24), days(3))],
    [
      'features x1 to x24',
      counting(
        'date',
        numbers(1, 24).map((n) => `x${n}`),
        days(3),
      ),
    ],
    ['features 1 to 12 beside days', counting('date', numbers(1, 12), days(3))],
    ['two years', counting('shop', ['2019', '2020'], ['a', 'b'])],
    ['numbers that are no years in order', counting('part', ['2008', '3008', '5008'], ['a', 'b'])],
    [
      'days counted on (M5)',
      counting(
        'id',
        numbers(1, 30).map((n) => `d_${n}`),
        ['a', 'b'],
      ),
    ],
  ])('left as it stands, without a word: %s', async (_, text) => {
    const { message } = await errorOf(() => readText(text));
    expect(message).not.toMatch(/crosstab/);
    expect(message).toMatch(/which column is the target|no time column|holds values, not the names/);
  });

  it.each<[title: string, text: string, why: RegExp]>([
    [
      'a covariate beside months',
      withColumn(counting('Year', months, years), 'CO2', (row) => row * 3),
      /the months of a year, with 'CO2' beside them; pass layout: 'crosstab'/,
    ],
    [
      'a price beside hours',
      withColumn(
        counting(
          'date',
          hours((h) => `H${h + 1}`),
          days(3),
        ),
        'price',
        (row) => row,
      ),
      /the hours of a day, with 'price' beside them/,
    ],
    [
      'months without years',
      counting('product', months, ['a', 'b']),
      /no column of years of four digits is beside them/,
    ],
    ['months beside days', counting('date', months, days(3)), /no column of years/],
    [
      'hours beside months',
      counting(
        'month',
        hours((h) => `HE${h + 1}`),
        ['2024-01', '2024-02'],
      ),
      /no column of days, one after another/,
    ],
    [
      'vintages: times beside times',
      counting('date', ['2024-01', '2024-02', '2024-03'], days(3)),
      /'date' holds times as well; pass layout: 'crosstab'/,
    ],
    ['years beside years', counting('Year', years, years), /'Year' holds times as well/],
  ])('an error says what it looks like: %s', async (_, text, why) => {
    expect((await errorOf(() => readText(text))).message).toMatch(why);
  });

  it.each<[title: string, text: string, options: CsvOptions, target: string]>([
    ['a column that is the target', counting('Year', months, years), { target: 'Mar' }, 'Mar'],
    ['a target by its name', withColumn(counting('Year', months, years), 'y', (row) => row), {}, 'y'],
    [
      'a column of months that is a covariate',
      withColumn(counting('Year', months, years), 'y', (row) => row),
      { historic: ['Jan'] },
      'y',
    ],
    ['long, as told', counting('Year', months, years), { layout: 'long', target: 'Mar' }, 'Mar'],
  ])('what is told decides: %s', async (_, text, options, target) => {
    const set = await readText(text, options);
    expect([set.target, set.report.notices.join(), set.lengths[0]]).toEqual([
      target,
      expect.not.stringMatching(/crosstab/),
      3,
    ]);
    expect((await readText(text, set.reading)).target).toBe(target);
  });

  it('wide and long are kept', async () => {
    const text = counting('Year', months, years);
    expect((await readText(text, { layout: 'wide' })).ids).toEqual(months);
    expect((await errorOf(() => readText(text, { layout: 'long' }))).message).toMatch(/which column is the target/);
    expect((await readText(text, { layout: 'long', target: 'Mar' })).reading.layout).toBe('long');
  });

  it('a crosstab that is told may have anything beside it, and names its values', async () => {
    const text = withColumn(counting('Year', months, years), 'CO2', (row) => row * 3);
    const set = await readText(text, { layout: 'crosstab', target: 'cpi' });
    expect([set.target, set.ids, set.lengths[0], set.report.columns.unused]).toEqual(['cpi', ['cpi'], 36, ['CO2']]);
    expect([...(await readText(text, set.reading)).values]).toEqual([...set.values]);
    const withCovariate = await readText(text, { layout: 'crosstab', historic: ['CO2'] });
    expect([...withCovariate.historic!.values.slice(11, 13)]).toEqual([3, 6]);
    const vintages = counting('date', ['2024-01', '2024-02', '2024-03'], days(3));
    expect((await readText(vintages, { layout: 'crosstab', id: 'date' })).ids).toEqual(days(3));
  });

  it.each<[title: string, text: string, options: CsvOptions, message: RegExp]>([
    [
      'no times in its names',
      'ds,y\n2020-01-01,1\n2020-01-02,2\n',
      {},
      /not a crosstab: its columns are not named by .*layout: 'long'/,
    ],
    ['no years', counting('product', months, ['a', 'b']), {}, /not a crosstab: .* no column of years/],
    [
      'a target that is a column',
      counting('Year', months, years),
      { target: 'Mar' },
      /target must be one name for the values/,
    ],
    ['a name twice', counting('Year', months, years), { target: 'Year' }, /target must be one name/],
  ])('and is an error where it is none: %s', async (_, text, options, message) => {
    expect((await errorOf(() => readText(text, { layout: 'crosstab', ...options }))).message).toMatch(message);
  });

  it('a target that no column has is no reason to turn', async () => {
    const { message, remedies } = await errorOf(() => readText(counting('Year', months, years), { target: 'cpi' }));
    expect(message).toMatch(
      /target column 'cpi' not found.*looks like a crosstab.*and the target as the name of their values/,
    );
    expect(remedies).toContainEqual({ option: 'layout', values: ['crosstab'] });
  });

  it('dates of which day and month cannot be told apart are an error with the formats', async () => {
    const text = 'sku,01/02/2024,02/02/2024,03/02/2024\na,1,2,3\n';
    const { remedies, code } = await errorOf(() => readText(text));
    expect([code, remedies]).toEqual([
      'data/ambiguous-date',
      [{ option: 'timeFormat', values: ['%d/%m/%Y', '%m/%d/%Y'] }],
    ]);
    expect((await readText(text, { timeFormat: '%d/%m/%Y' })).report.frequency).toBe('day');
    expect((await readText(text, { timeFormat: '%m/%d/%Y' })).report.frequency).toBe('month');
  });
});
