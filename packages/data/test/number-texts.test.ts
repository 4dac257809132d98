import { describe, expect, it } from 'vitest';
import { readRows } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

/** A semicolon file of two days and more, one number each. */
function semicolons(cells: readonly string[]): string {
  return `ds;y\n${cells.map((cell, day) => `2024-01-${String(day + 1).padStart(2, '0')};${cell}`).join('\n')}\n`;
}

describe('numbers that are found', () => {
  it.each([
    ['a decimal comma', ['100,0', '108,07', '-3,5'], [100, 108.07, -3.5]],
    ['a decimal comma beside whole numbers', ['100', '0,125', '7'], [100, 0.125, 7]],
    ['a decimal point in a semicolon file', ['100.0', '108.07', '1e3'], [100, 108.07, 1000]],
    ['a typographic minus, and wide blanks around', ['\u22125', '\u00a07\u00a0', '+8'], [-5, 7, 8]],
    ['three decimals and others', ['1.020', '1.5', '2'], [1.02, 1.5, 2]],
    ['three decimals below one', ['0.125', '0.5', '2'], [0.125, 0.5, 2]],
    ['three decimals and a whole number above a thousand', ['1.125', '1500', '2'], [1.125, 1500, 2]],
  ])('%s', async (_, cells, values) => {
    expect([...(await readText(semicolons(cells))).values]).toEqual(values);
  });

  it('says that a decimal comma was found, and not when told', async () => {
    const cells = semicolons(['1,5', '2,25']);
    expect((await readText(cells)).report.notices).toContain("decimal comma found: '1,5' is read as 1.5");
    expect((await readText(cells, { decimal: ',' })).report.notices.join()).not.toMatch(/decimal/);
  });
});

describe('numbers with signs between thousands', () => {
  it.each([
    ['1.234.567,89', '.', ',', 1_234_567.89],
    ['-1.020', '.', ',', -1020],
    ['987', '.', ',', 987],
    ['987,5', '.', ',', 987.5],
    ["1'500.25", "'", '.', 1500.25],
    ['1\u2019500', "'", '.', 1500],
    ['15 000', ' ', '.', 15_000],
    ['15\u202f000,5', ' ', ',', 15_000.5],
    ['15\u00a0000', ' ', '.', 15_000],
    ['15 000,5', ' ', undefined, 15_000.5],
    ["1'500,25", "'", undefined, 1500.25],
    ['1.020,5', '.', undefined, 1020.5],
    ['1,234,567.5', ',', '.', 1_234_567.5],
    ['12,34,567.5', ',', '.', 1_234_567.5],
    ['1,00,000', ',', '.', 100_000],
  ] as const)('%s is read when told', async (cell, thousands, decimal, value) => {
    const told = decimal === undefined ? {} : { decimal };
    const set = await readText(semicolons([cell, '1', '2']), { thousands, ...told, target: 'y' });
    expect(set.values[0]).toBe(value);
  });

  it.each([
    ['1.23', { thousands: '.' }],
    ['12.3456', { thousands: '.' }],
    ['1.234.56', { thousands: '.' }],
    ['1,23,45', { thousands: ',' }],
    ['1,23,456', { thousands: '.' }],
    ['1.23.456', { thousands: '.' }],
    ['1234.567.890', { thousands: '.' }],
  ] as const)('%s is refused with %j', async (cell, options) => {
    const error = await errorOf(() => readText(semicolons([cell, '1']), { ...options, target: 'y' }));
    expect(error.code).toBe('data/bad-number');
  });

  it('points that may part thousands are never read as decimals in silence', async () => {
    const cells = semicolons(['987', '1.020', '1.034']);
    const error = await errorOf(() => readText(cells));
    expect([error.code, error.details.line, error.details.column]).toEqual(['data/bad-number', 3, 'y']);
    expect(error.remedies).toEqual([
      { option: 'thousands', values: ['.'] },
      { option: 'decimal', values: ['.'] },
    ]);
    expect([...(await readText(cells, { thousands: '.' })).values]).toEqual([987, 1020, 1034]);
    expect([...(await readText(cells, { decimal: '.' })).values]).toEqual([987, 1.02, 1.034]);
  });

  it('in covariates and in rows of texts as well', async () => {
    const covariate = 'ds;y;x\n2024-01-01;1,5;987\n2024-01-02;2,5;1,020\n';
    expect((await errorOf(() => readText(covariate, { target: 'y', historic: ['x'] }))).message).toMatch(/column 'x'/);
    const rows = ['987', '1.020'].map((y, day) => ({ ds: `2024-01-0${day + 1}`, y }));
    expect((await errorOf(() => readRows(rows))).message).toMatch(/does the point part thousands/);
    expect([...(await readRows(rows, { thousands: '.' })).values]).toEqual([987, 1020]);
  });

  it('a column of three decimals only is told where commas do not part the fields', async () => {
    expect((await readText(semicolons(['1.020', '1.034']))).report.notices.join()).toMatch(/thousands: '\.'/);
    expect((await readText('ds,y\n2024-01-01,1.020\n2024-01-02,1.034\n')).report.notices).toEqual([]);
  });
});

describe('texts that are no numbers', () => {
  it.each([
    ['1,500.00', /pass thousands: ','/],
    ['1.234,56', /pass thousands: '\.'/],
    ["1'500.00", /pass thousands: "'"/],
    ['15\u202f000', /pass thousands: ' '/],
    ['1_000', /thousands separators must be removed/],
    ['1,23,456.0', /pass thousands: ','/],
    ['$100', /currency/],
    ['-$100', /currency/],
    ['100 \u20ac', /currency/],
    ['EUR 100', /currency/],
    ['1.2%', /percent/],
    ['100-', /minus sign in front/],
    ['(100.5)', /parentheses/],
    ['100.5K', /without the letter/],
    ['#DIV/0!', /nullValues: \['#DIV\/0!'\]/],
    ['True', /write 1 and 0/],
    ['no data', /nullValues: \['no data'\]/],
    ['--', /nullValues: \['--'\]/],
  ])('%s has a hint, also where no column of numbers is left', async (cell, message) => {
    const text = `ds\ty\n2024-01-01\t${cell}\n2024-01-02\t${cell}\n`;
    expect((await errorOf(() => readText(text, { target: 'y' }))).message).toMatch(message);
    if (/\d/.test(cell) && !message.source.includes('null'))
      expect((await errorOf(() => readText(text))).message).toMatch(message);
  });

  it('a column of prices with a sign does not leave the volume as the only candidate', async () => {
    const text = 'Date,Price,Volume\n2024-01-01,$1,5\n2024-01-02,$2,6\n';
    expect((await errorOf(() => readText(text))).message).toMatch(/candidates are: Volume; column 'Price' holds "\$1"/);
  });

  it.each([
    [['987', '1,020', '1,034'], /"1,020", not a number; thousands separators.*thousands: ','/],
    [['#N/A', '#N/A', '5'], /"#N\/A", not a number.*nullValues: \['#N\/A'\]/],
  ])('of %j the cell that is no number is shown', async (cells, message) => {
    expect((await errorOf(() => readText(semicolons(cells).replace(';y', ';v')))).message).toMatch(message);
  });

  it('an empty column is no candidate', async () => {
    expect((await readText('ds,a,b\n2024-01-01,,5\n2024-01-02,,6\n')).target).toBe('b');
    const error = await errorOf(() => readText('ds,a\n2024-01-01,\n2024-01-02,\n'));
    expect(error.message).toMatch(/column 'a' has no value in the first rows/);
  });
});

describe('nullValues', () => {
  it('adds to the default texts, and an empty cell is always no value', async () => {
    const text = `ds,y\n${['#N/A', '', 'null', '-', 'n.a.', '5'].map((y, d) => `2024-01-0${d + 1},${y}`).join('\n')}\n`;
    const set = await readText(text, { nullValues: ['#N/A', 'n.a.'], missing: 'mask', target: 'y' });
    expect([...set.available!]).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it('holds for rows of texts', async () => {
    const rows = [
      { ds: '2024-01-01', y: '?' },
      { ds: '2024-01-02', y: 2 },
    ];
    const set = await readRows(rows, { nullValues: ['?'], missing: 'mask' });
    expect([...set.available!]).toEqual([0, 1]);
  });
});
