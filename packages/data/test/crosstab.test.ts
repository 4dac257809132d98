import { describe, expect, it } from 'vitest';
import { counting, days, hours, months, readTwice, seen, two } from './support/crosstab-files.ts';

const years = ['2019', '2020', '2021'];
const german = 'Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez'.split(' ');
const full = 'January February March April May June July August September October November December'.split(' ');
const monthsOf2023 = months.map((_, k) => `2023-${two(k + 1)}`);
const clocks = hours((hour) => `${two(hour)}:00`);
const spans = hours((hour) => `${two(hour)}-${two(hour + 1)}`);
const monthly = { first: '2019-01', last: '2021-12', frequency: 'month' };
const hourly = { first: '2024-01-01 00:00', last: '2024-01-03 23:00', frequency: 'hour' };
const quarterly = { first: '2019Q1', last: '2021Q4', frequency: 'quarter' };

describe('cells become time steps', () => {
  it.each<[title: string, text: string, expected: object]>([
    ['months', counting('Year', months, years), monthly],
    ['months in full', counting('YEAR', full, years), monthly],
    ['German months', counting('Jahr', german, years, ';'), monthly],
    [
      'French months',
      counting('Année', 'janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.'.split(' '), years),
      monthly,
    ],
    [
      'codes of months',
      counting(
        'Year',
        months.map((_, k) => `M${two(k + 1)}`),
        years,
      ),
      monthly,
    ],
    [
      'months by number beside years alone',
      counting(
        'year',
        months.map((_, k) => String(k + 1)),
        years,
      ),
      monthly,
    ],
    ['months beside years without a name', counting('', months, years), monthly],
    [
      'years that were decimals',
      counting(
        'Year',
        months,
        years.map((year) => `${year}.0`),
      ),
      monthly,
    ],
    ['quarters', counting('Year', ['Q1', 'Q2', 'Q3', 'Q4'], years), quarterly],
    ['quarters of offices', counting('Year', ['Qtr1', 'Qtr2', 'Qtr3', 'Qtr4'], years), quarterly],
    [
      'quarters, the number first',
      counting('Year', ['1. Quartal', '2. Quartal', '3. Quartal', '4. Quartal'], years),
      quarterly,
    ],
    [
      'weeks',
      counting(
        'Year',
        Array.from({ length: 52 }, (_, k) => `W${two(k + 1)}`),
        ['2021', '2022', '2023'],
      ),
      { first: '2021-W01', last: '2023-W52', frequency: 'week' },
    ],
    [
      'hours by number',
      counting(
        'Date',
        hours((hour) => hour + 1),
        days(3),
      ),
      hourly,
    ],
    [
      'hours from 0',
      counting(
        'date',
        hours((hour) => hour),
        days(3),
      ),
      hourly,
    ],
    [
      'hours that end',
      counting(
        'Date',
        hours((hour) => `HE${hour + 1}`),
        days(3),
      ),
      hourly,
    ],
    [
      'H01',
      counting(
        'Delivery Date',
        hours((hour) => `H${two(hour + 1)}`),
        days(3),
      ),
      hourly,
    ],
    [
      'H00',
      counting(
        'Date',
        hours((hour) => `H${two(hour)}`),
        days(3),
      ),
      hourly,
    ],
    [
      'Hour 1',
      counting(
        'Date',
        hours((hour) => `Hour ${hour + 1}`),
        days(3),
      ),
      hourly,
    ],
    ['clocks', counting('Date', clocks, days(3)), hourly],
    [
      'clocks with seconds',
      counting(
        'Date',
        clocks.map((clock) => `${clock}:00`),
        days(3),
      ),
      hourly,
    ],
    [
      'clocks that end',
      counting(
        'Date',
        hours((hour) => `${two(hour + 1)}:00`),
        days(3),
      ),
      hourly,
    ],
    ['midnight last', counting('Date', [...clocks.slice(1), clocks[0]!], days(3)), hourly],
    [
      'AM and PM',
      counting(
        'Date',
        hours((hour) => `${hour % 12 || 12} ${hour < 12 ? 'AM' : 'PM'}`),
        days(3),
      ),
      hourly,
    ],
    ['spans', counting('Date', spans, days(3)), hourly],
    [
      'days with midnight behind them',
      counting(
        'Date',
        clocks,
        days(3).map((day) => `${day} 00:00:00`),
      ),
      hourly,
    ],
    [
      'periods of settlement',
      counting(
        'Date',
        Array.from({ length: 48 }, (_, k) => `SP${k + 1}`),
        days(3),
      ),
      { first: '2024-01-01 00:00', last: '2024-01-03 23:30', frequency: '30 minutes' },
    ],
    [
      'quarters of an hour',
      counting(
        'Date',
        Array.from({ length: 96 }, (_, k) => `${two(k >> 2)}:${two((k % 4) * 15)}`),
        days(3),
      ),
      { first: '2024-01-01 00:00', last: '2024-01-03 23:45', frequency: '15 minutes' },
    ],
    [
      'months across, a series a row',
      counting('sku', monthsOf2023, ['a', 'b']),
      { first: '2023-01', last: '2023-12', frequency: 'month' },
    ],
    [
      'months as six digits',
      counting(
        'sku',
        months.map((_, k) => `2023${two(k + 1)}`),
        ['a', 'b'],
      ),
      { first: '202301', last: '202312', frequency: 'month' },
    ],
    [
      'Jan-23',
      counting(
        'sku',
        months.map((month) => `${month}-23`),
        ['a'],
      ),
      { first: 'Jan-23', last: 'Dec-23', frequency: 'month' },
    ],
    [
      'days across',
      counting('item', days(20), ['a', 'b']),
      { first: '2024-01-01', last: '2024-01-20', frequency: 'day' },
    ],
    [
      'days as R writes them',
      counting(
        'item',
        days(20).map((day) => `X${day.replaceAll('-', '.')}`),
        ['a', 'b'],
      ),
      { first: '2024.01.01', last: '2024.01.20', frequency: 'day' },
    ],
    [
      'years of the World Bank',
      counting(
        'Country Name',
        years.map((year) => `${year} [YR${year}]`),
        ['Aruba', 'Chad'],
      ),
      { first: '2019', last: '2021', frequency: 'year' },
    ],
  ])('%s', async (_, text, expected) => {
    const set = await readTwice(text);
    expect(seen(set)).toEqual({ ...expected, counts: true });
    expect(set.report.notices.join()).toMatch(/a crosstab: .* pass layout: 'long' to read the table as it stands/);
  });
});
