import { describe, expect, it } from 'vitest';
import { windows } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

const days = (step: number) => new Date(Date.UTC(2023, 0, 2 + step)).toISOString().slice(0, 10);
const series = (cells: readonly unknown[]) => `ds\ty\n${cells.map((cell, k) => `${days(k)}\t${cell}`).join('\n')}\n`;
const times = (cells: readonly unknown[]) => `ds\ty\n${cells.map((cell, k) => `${cell}\t${k}`).join('\n')}\n`;

describe('a number that is written otherwise is told what to write', () => {
  it.each([
    ['0x1F', /not as a hexadecimal number/],
    ['1.5D+02', /write e before the exponent/],
    ['- 5', /sign right before the digits/],
    ["'5.5", /remove the quote in front/],
    ['1 1/2', /a fraction with a decimal point/],
    ['0:10:00', /a duration as one number/],
    ['5\0', /NUL bytes/],
    ['<1', /a bound is no number.*nullValues: \['<1'\]/],
    ['≥ 99.5', /a bound is no number/],
  ])('%s', async (cell, message) => {
    const error = await errorOf(() => readText(series([1, 2, cell, 4]), { target: 'y' }));
    expect(error.details.faults![0]!.reason).toMatch(message);
    expect(error.message).not.toMatch(/remove what stands behind/);
  });
});

describe('a time that is written otherwise is told what to pass or to write', () => {
  it.each([
    [['2015.0000', '2015.0833'], /fractions of a year/],
    [['1960/61', '1961/62'], /a span of two years, write the first/],
    [['1998–99', '1999–00'], /a span of two years, write the first/],
    [['0 days', '1 days'], /a duration.*time: false/],
    [['FY2010 Q1', 'FY2010 Q2'], /timeFormat: 'FY%Y Q%q'/],
    [['202201', '202352'], /year and week in digits; pass timeFormat: '%G%V'/],
    [['1022023', '31032023'], /dates in digits; pass timeFormat: '%d%m%Y'/],
    [['1012023', '12122023'], /pass timeFormat: '%d%m%Y' or '%m%d%Y'/],
    [['230102', '230411'], /timeFormat: '%y%m%d'/],
    [['738000', '738001'], /as MATLAB counts them/],
    [['2460000.5', '2460001.5'], /Julian days/],
    [['60000', '60001'], /modified Julian days/],
    [['133170912000000000', '133171776000000000'], /file times of Windows/],
  ])('%s', async (cells, message) => {
    const { message: said } = await errorOf(() => readText(times(cells), { time: 'ds' }));
    expect(said).toMatch(message);
  });

  it.each([
    ['behind', [...Array.from({ length: 20 }, (_, k) => days(k)), '9999-12-31']],
    ['before', ['1970-01-01', ...Array.from({ length: 20 }, (_, k) => days(k))]],
  ])('one far %s all others is no gap to be kept', async (_, cells) => {
    const error = await errorOf(() => readText(times(cells)));
    expect(error.message).toMatch(/is far from all the others: correct it/);
    expect(error.remedies).toEqual([]);
  });

  it.each([
    ['far behind', '9999-12-31', 20, /9999-12-31 is far from all the others/],
    ['two days behind', days(21), 20, /to insert the missing steps/],
    ['far before', '1970-01-01', -1, /1970-01-01 is far from all the others/],
    ['two days before', days(-2), -1, /to insert the missing steps/],
  ])('%s is so of its own series, whatever the others hold', async (_, stray, at, message) => {
    const own = Array.from({ length: 20 }, (_, k) => days(k));
    const cells = at < 0 ? [stray, ...own] : [...own, stray];
    const rows = [
      ...Array.from({ length: 40 }, (_, k) => `a,${days(k + 60)},1`),
      ...cells.map((time) => `b,${time},1`),
      ...Array.from({ length: 20 }, (_, k) => `c,${days(k - 5)},1`),
    ];
    for (const lines of [
      rows,
      rows.filter((line) => !line.startsWith('a')),
      rows.filter((line) => !line.startsWith('c')),
    ]) {
      const error = await errorOf(() => readText(`id,ds,y\n${lines.join('\n')}\n`, { id: 'id' }));
      expect(error.message).toMatch(message);
    }
  });
});

describe('a value far from all others may stand for none', () => {
  it.each([
    ['9999.9', true],
    ['99999', true],
    ['1e20', true],
    ['9.969209968386869e36', true],
    ['-9999', true],
    ['450', false],
    ['9998', false],
  ])('%s', async (cell, isTold) => {
    const set = await readText(series([100, 101, 99, cell, 100, 102]));
    const notice = set.report.notices.find((text) => text.includes('no value'));
    expect(notice !== undefined).toBe(isTold);
    if (!isTold) return;
    const told = await readText(series([100, 101, 99, cell, 100, 102]), {
      nullValues: [String(Number(cell))],
      missing: 'linear',
    });
    expect(told.values[3]).toBe(99.5);
  });

  it('among values as large it is one', async () => {
    const set = await readText(series([9000, 9500, 9999, 9100]));
    expect(set.report.notices.join()).not.toMatch(/no value/);
  });
});

it('windows without enough values say what helps', async () => {
  const set = await readText(series(Array.from({ length: 30 }, (_, k) => (k === 15 ? 3 : ''))), { missing: 'mask' });
  const error = await errorOf(async () =>
    windows(set, { inputSize: 6, horizon: 3, minimumAvailability: { target: 0.9 } }),
  );
  expect(error.remedies).toEqual([{ option: 'missing', values: ['linear'] }]);
});

describe('columns', () => {
  it('another column of times is named where the chosen one repeats', async () => {
    const text = `date\tobserved\ty\n${[0, 1, 2].map((k) => `2024-05-01\t${days(k)}\t${k}`).join('\n')}\n`;
    const error = await errorOf(() => readText(text));
    expect(error.remedies[0]).toEqual({ option: 'time', values: ['observed'] });
    expect([...(await readText(text, { time: 'observed' })).values]).toEqual([0, 1, 2]);
  });

  it('names have no marks that nobody sees, and those without a name are not listed', async () => {
    const text = `\ufeff\ufeffds\t\u200by\t\t\n${[0, 1, 2].map((k) => `${days(k)}\t${k}\t\t`).join('\n')}\n`;
    const set = await readText(text, { target: 'y' });
    expect([set.target, set.report.columns.unused]).toEqual(['y', []]);
  });
});
