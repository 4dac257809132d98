import { describe, expect, it } from 'vitest';
import { readCsv } from '../src/index.ts';
import { bytes, errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

const days = '2024-01-01,5,7\n2024-01-02,6,8\n2024-01-03,7,9\n';

describe('lines above the header', () => {
  it.each([
    ['metadata of another width', 'Account: 0042\nUnit,kWh\n\nday,sales,price\n', 'skipRows', 3],
    ['metadata padded with delimiters', 'Account,,\n,,\nFrom,2023-01-01,\nday,sales,price\n', 'skipRows', 3],
    ['a title', 'Sales of the north\nday,sales,price\n', 'skipRows', 1],
    ['comments', '# exported 2024\n# by us, again\nday,sales,price\n', 'comment', '#'],
    ['comments of another sign', '% exported\nday,sales,price\n', 'comment', '%'],
  ])('%s are named with what to pass', async (_, head, option, value) => {
    const error = await errorOf(() => readText(head + days, { target: 'sales' }));
    expect([error.code, error.details.line]).toEqual(['data/header', 1]);
    expect(error.remedies).toEqual([{ option, values: [value] }]);
    const set = await readText(head + days, { target: 'sales', [option]: value });
    expect([...set.values]).toEqual([5, 6, 7]);
  });

  it('lines and comments that are left out keep the numbers of lines right', async () => {
    const text = 'title\n#x\nday,y\n2024-01-01,1\n# between\n\n , \n2024-01-02,x\n';
    const error = await errorOf(() => readText(text, { skipRows: 1, comment: '#', target: 'y' }));
    expect(error.details).toMatchObject({ line: 8, value: 'x' });
  });

  it('the delimiter is that of the table, not that of the lines above', async () => {
    const text = 'Report, made for us\nday;sales\n2024-01-01;1,5\n2024-01-02;2,5\n';
    expect((await errorOf(() => readText(text))).remedies).toEqual([{ option: 'skipRows', values: [1] }]);
    expect([...(await readText(text, { skipRows: 1 })).values]).toEqual([1.5, 2.5]);
  });

  it('obeys the line that tells a spreadsheet the delimiter', async () => {
    expect([...(await readText('sep=;\nday;y\n2024-01-01;1,5\n2024-01-02;2,5\n')).values]).toEqual([1.5, 2.5]);
  });

  it('says that fields are parted by blanks', async () => {
    const error = await errorOf(() => readText('day   sales\n2024-01-01   5\n2024-01-02   6\n'));
    expect([error.code, error.message]).toEqual(['data/header', expect.stringMatching(/parted by blanks/)]);
  });

  it.each([
    ['a header of years', 'day,2022,2023\n2024-01-01,1,2\n2024-01-02,3,4\n'],
    ['an unnamed index and numbers as names', ',101,102\n2024-01-01,1,2\n2024-01-02,3,4\n'],
    ['a unit behind each name', 'day,kWh,°C\n2024-01-01,1,2\n2024-01-02,3,4\n'],
    ['a row of texts further down', 'day,1a,b\n2024-01-01,1,2\n2024-01-02,NA,null\n'],
  ])('%s is a header', async (_, text) => {
    const set = await readText(text, { layout: 'wide', missing: 'mask' });
    expect(set.ids).toHaveLength(2);
  });
});

describe('files without a header', () => {
  it('are refused, never losing the first row, and read when told', async () => {
    const error = await errorOf(() => readText(days));
    expect([error.code, error.details.line]).toEqual(['data/header', 1]);
    expect(error.remedies.map(({ values }) => values)).toEqual([[false], [true]]);
    const set = await readText(days, { header: false, target: 'column2' });
    expect([[...set.values], set.report.columns.time]).toEqual([[5, 6, 7], 'column1']);
  });

  it.each([
    ['epochs', '1698364800000,1.5\n1698368400000,2.5\n'],
    ['ids', 'AAPL,2024-01-01,1\nAAPL,2024-01-02,2\n'],
    ['dates that have to be told', '13/01/2024,1\n14/01/2024,2\n'],
    ['prices with a sign', '2024-01-01,$1\n2024-01-02,$2\n'],
  ])('%s', async (_, text) => {
    expect((await errorOf(() => readText(text))).code).toBe('data/header');
  });

  it('numbers are names when told', async () => {
    const set = await readText('1,2\n2024-01-01,5\n2024-01-02,6\n', { header: true });
    expect([set.report.columns.time, set.target]).toEqual(['1', '2']);
  });
});

it('reads the header of several levels that pandas and yfinance write', async () => {
  const one = 'Price,Close,Volume\nTicker,ZZQ,ZZQ\nDate,,\n2024-01-01,5,7\n2024-01-02,6,8\n';
  const set = await readText(one, { target: 'Close' });
  expect([[...set.values], set.report.columns.time]).toEqual([[5, 6], 'Date']);
  expect(set.report.notices[0]).toBe('lines 1 to 3 are the header, as pandas writes columns of several levels');
  const two = 'Price,Close,Open\nTicker,A,B\nDate,,\n2024-01-01,5,7\n2024-01-02,6,8\n';
  expect((await readText(two, { layout: 'wide' })).ids).toEqual(['Close A', 'Open B']);
});

describe('encodings', () => {
  const text = 'ds,größe\n2024-01-01,1\n2024-01-02,2\n';
  const utf16 = (isBig: boolean, mark: boolean) => {
    const units = Uint16Array.from(`${mark ? '\ufeff' : ''}${text}`, (letter) => letter.charCodeAt(0));
    const view = new DataView(new ArrayBuffer(units.length * 2));
    for (const [index, unit] of units.entries()) view.setUint16(index * 2, unit, !isBig);
    return new Uint8Array(view.buffer);
  };
  const latin1 = Uint8Array.from(text, (letter) => letter.charCodeAt(0));

  it.each([
    ['UTF-16 LE with a mark', utf16(false, true), {}],
    ['UTF-16 LE without', utf16(false, false), {}],
    ['UTF-16 BE with a mark', utf16(true, true), {}],
    ['UTF-16 BE without', utf16(true, false), {}],
    ['UTF-16 BE, told', utf16(true, false), { encoding: 'utf-16be' }],
    ['Latin-1, told', latin1, { encoding: 'latin1' }],
    ['Windows-1252, told', latin1, { encoding: 'windows-1252' }],
    ['UTF-8 with a mark', bytes(`\ufeff${text}`), {}],
  ] as const)('%s', async (_, file, options) => {
    async function* pieces() {
      for (let start = 0; start < file.length; start += 7) yield file.slice(start, start + 7);
    }
    for (const source of [file, pieces()]) {
      const set = await readCsv(source, options);
      expect([set.target, [...set.values]]).toEqual(['größe', [1, 2]]);
    }
  });

  it('bytes that are not UTF-8 are named with what to pass', async () => {
    const error = await errorOf(() => readCsv(latin1));
    expect(error.remedies).toEqual([{ option: 'encoding', values: ['windows-1252'] }]);
    expect((await errorOf(() => readCsv(utf16(false, true).slice(0, -1)))).code).toBe('data/encoding');
  });

  it.each([
    ['<!DOCTYPE html><html>', 'a page of HTML'],
    ['\u00d0\u00cf\u0011\u00e0', 'an Excel workbook'],
    ['ds,\u0000,y\n', 'no text'],
  ])('%j is not CSV', async (start, message) => {
    const file = Uint8Array.from(start, (letter) => letter.charCodeAt(0));
    expect((await errorOf(() => readCsv(file))).message).toContain(message);
  });
});

it('reads lines that end with carriage returns, in pieces of any size', async () => {
  const file = bytes(`day,a,b\n${days}`.replaceAll('\n', '\r'));
  for (const size of [1, 5, 1000]) {
    async function* pieces() {
      for (let start = 0; start < file.length; start += size) yield file.slice(start, start + size);
    }
    expect([...(await readCsv(pieces(), { target: 'a' })).values]).toEqual([5, 6, 7]);
  }
  expect(file.includes(10)).toBe(false);
});
