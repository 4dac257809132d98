import { describe, expect, it } from 'vitest';
import { errorOf } from './support/bytes.ts';
import { days, hours, months, readTwice, seen } from './support/crosstab-files.ts';
import { readText } from './support/read-text.ts';

const german = 'Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez'.split(' ');

describe('what stands beside them', () => {
  it('sums and means are left out, and told', async () => {
    const text = `Year,${months.join()},Annual,HALF1,Avg,Q1,Q2,Q3,Q4\n2020,${months.map((_, k) => k).join()},5,5,5,5,5,5,5\n2021,${months.map((_, k) => 12 + k).join()},6,6,6,6,6,6,6\nAverage,${months.map(() => 1).join()},6,6,6,6,6,6,6\n`;
    const set = await readTwice(text);
    expect(seen(set).counts).toBe(true);
    expect(set.report.notices.join()).toMatch(/columns left out: Annual, HALF1, Avg, Q1, Q2 and 2 more/);
    expect(set.report.columns.unused).toContain('Annual');
  });

  it('months to come are left out, and a missing one is an error with line and column', async () => {
    const text = (march: string) =>
      `Year,${months.join()}\n2020,,1,2,3,4,5,6,7,8,9,10,11\n2021,1,2,${march},4,5,,,,,,,\n`;
    const set = await readTwice(text('3'));
    expect([set.lengths[0], seen(set).first, seen(set).last]).toEqual([16, '2020-02', '2021-05']);
    expect(set.report.notices.join()).toMatch(/before the first and behind the last value of a series left out: 8/);
    const error = await errorOf(() => readText(text('')));
    expect(error.message).toMatch(/2021-03 \(line 3, column 'Mar'\): no value/);
    expect(error.details).toMatchObject({ line: 3, row: 2, column: 'Mar' });
    expect([...(await readText(text(''), { missing: 'linear' })).values].slice(12, 15)).toEqual([2, 3, 4]);
  });

  it.each([
    ['a number', `2021,1,2,x!,${months.slice(3).join()}`, /line 3, column '(Mar|Apr)': "(x!|Apr)" is not a number/],
    ['a year', '20x1,1,2,3,4,5,6,7,8,9,10,11,12', /line 3, column 'Year': "20x1" is not a year of four digits/],
    ['no year', ',1,2,3,4,5,6,7,8,9,10,11,12', /line 3, column 'Year': empty Year; every row needs one/],
  ])('a fault has its line and column: %s', async (_, row, message) => {
    const text = `Year,${months.join()}\n2020,1,2,3,4,5,6,7,8,9,10,11,12\n${row}\n`;
    expect((await errorOf(() => readText(text))).message).toMatch(message);
  });

  it('numbers are read by the rules of all numbers', async () => {
    const text = `Jahr;${german.join(';')};Summe\n2020;1.234,5;..;3;4;5;6;7;8;9;10;11;12;1\n2021;1.234,5;2;3;4;5;6;7;8;9;10;11;12;1\n`;
    const told = { decimal: ',', thousands: '.', nullValues: ['..'], missing: 'linear' } as const;
    expect([...(await readTwice(text, told)).values].slice(0, 3)).toEqual([1234.5, 618.75, 3]);
    const dots = await errorOf(() => readText(text, { ...told, nullValues: [] }));
    expect(dots.message).toMatch(/line 2, column 'Feb': "\.\." is not a number.*nullValues: \['\.\.'\]/);
  });

  it('a table of the World Bank, below its preamble', async () => {
    const text = `"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-01-01",\n\n"Country Name","Country Code","Indicator Name","1960","1961","1962","1963",\n"Aruba","ABW","Population","1","2","3","4",\n"Chad","TCD","Population","","5","6","7",\n"Nowhere","XXX","Population","","","","",\n`;
    const error = await errorOf(() => readText(text));
    expect([error.message, error.remedies]).toEqual([
      expect.stringMatching(/line 5 seems to be the header, whose names are times/),
      [{ option: 'skipRows', values: [4] }],
    ]);
    const set = await readTwice(text, { skipRows: 4 });
    expect([set.ids, [...set.values]]).toEqual([
      ['Aruba', 'Chad'],
      [1, 2, 3, 4, 5, 6, 7],
    ]);
    expect(set.report.notices.join()).toMatch(/series without any value left out: Nowhere/);
  });
});

describe('series are kept apart', () => {
  const jhu = `Province/State,Country/Region,Lat,Long,1/22/20,1/23/20,1/24/20\n,Italy,1,2,3,4,5\nHubei,China,1,2,6,7,8\nBeijing,China,1,2,6,7,9\n`;
  it('by columns together, in the layout of Johns Hopkins', async () => {
    const set = await readTwice(jhu);
    expect([set.ids, set.reading.id, seen(set).last]).toEqual([
      ['Italy', 'Hubei/China', 'Beijing/China'],
      'Province/State + Country/Region',
      '1/24/20',
    ]);
  });

  it('by a column that is told, and with static covariates', async () => {
    const text = 'n,name,region,2024-01,2024-02,2024-03\n1,a,N,1,2,3\n2,b,S,4,5,6\n';
    const set = await readTwice(text, { id: 'name', static: ['region'] });
    expect([set.ids, set.static!.names, set.report.columns.unused]).toEqual([
      ['a', 'b'],
      ['region=N', 'region=S', 'region=(unseen)'],
      ['n'],
    ]);
    expect((await errorOf(() => readText(text, { id: 'nme' }))).message).toMatch(/id column 'nme' not found/);
  });

  it('ids of digits keep their zeros', async () => {
    expect((await readTwice('sku,2024-01,2024-02,2024-03\n001,1,2,3\n002,4,5,6\n')).ids).toEqual(['001', '002']);
  });

  it('by the column that tells days of the same date apart', async () => {
    const rows = ['N', 'S'].flatMap((zone) =>
      days(2).map((day, k) => `${day},${['Mon', 'Tue'][k]},${zone},${hours((h) => h).join()}`),
    );
    const set = await readTwice(`Date,Weekday,Zone,${hours((hour) => `HE${hour + 1}`).join()}\n${rows.join('\n')}\n`);
    expect([set.ids, set.report.columns.id, set.report.columns.unused]).toEqual([['N', 'S'], 'Zone', ['Weekday']]);
  });

  it('and rows without a name, or of one name, are faults with their lines', async () => {
    const merged = `Region,Year,${months.join()}\nN,2020,${months.map((_, k) => k).join()}\n,2020,${months.map((_, k) => k).join()}\n`;
    expect((await errorOf(() => readText(merged))).message).toMatch(/line 3, column 'Region': empty Region/);
    const twice = 'id,2024-01,2024-02,2024-03\na,1,2,3\na,4,5,6\n';
    expect((await errorOf(() => readText(twice))).message).toMatch(
      /line 2, column '2024-01'\) and \(line 3, column '2024-01'/,
    );
    const alike = 'p,c,2024-01,2024-02,2024-03\na,,1,2,3\n,a,4,5,6\n,b,1,1,1\n,c,1,1,1\na,c,1,1,1\n';
    expect((await errorOf(() => readText(alike))).message).toMatch(/line 3.*"a" is the name of another series too/);
  });
});
