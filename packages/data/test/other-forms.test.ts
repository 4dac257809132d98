import { describe, expect, it } from 'vitest';
import { seriesValues, timeAt } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

const days = Array.from({ length: 6 }, (_, k) => `2024-01-0${k + 1}`);
const nano = (day: string): string => `${Date.parse(day)}000000`;
const months = days.map((_, k) => `2024 ${['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN'][k]}`);
const rows = (line: (day: string, k: number) => string): string => days.map(line).join('\n');

describe('tables drawn with lines are read', () => {
  it.each([
    ['psql', `     ds     | y\n------------+---\n${rows((day, k) => ` ${day} | ${k} `)}\n(6 rows)\n\n`],
    [
      'MySQL',
      `+------------+---+\n| ds         | y |\n+------------+---+\n${rows((day, k) => `| ${day} | ${k} |`)}\n+------------+---+\n6 rows in set (0.00 sec)\n`,
    ],
    [
      'DuckDB',
      `┌────────────┬───────┐\n│     ds     │   y   │\n│    date    │ int32 │\n├────────────┼───────┤\n${rows((day, k) => `│ ${day} │     ${k} │`)}\n└────────────┴───────┘\n`,
    ],
    ['Markdown', `| ds | y |\n|:---|--:|\n${rows((day, k) => `| ${day} | ${k} |`)}\n`],
    ['Markdown without frame', `ds | y\n---|---\n${rows((day, k) => `${day} | ${k}`)}\n`],
  ])('%s', async (_, text) => {
    const set = await readText(text);
    expect([[...seriesValues(set, 0)], timeAt(set, 0, 5)]).toEqual([[0, 1, 2, 3, 4, 5], Date.UTC(2024, 0, 6)]);
    expect(set.report.notices.join()).toMatch(/drawn with lines/);
  });

  it('a fault has its line, and rows that were left out are an error', async () => {
    const text = `| ds | y |\n|----|---|\n${rows((day, k) => `| ${day} | ${k === 3 ? 'x!' : k} |`)}\n`;
    expect((await errorOf(() => readText(text))).details.line).toBe(6);
    const cut = `│ ds │ y │\n├────┼───┤\n│ 2024-01-01 │ 1 │\n│     ·      │ · │\n│ 2024-01-09 │ 1 │\n`;
    expect((await errorOf(() => readText(cut))).message).toMatch(/line 4: rows of the table were left out/);
  });

  it('a file with bars between its cells is CSV', async () => {
    const set = await readText(`ds|y\n${rows((day, k) => `${day}|${k}`)}\n`);
    expect(set.report.notices.join()).not.toMatch(/drawn/);
  });
});

describe('records one below another are read', () => {
  const record = (sign: string, begin: (row: number) => string) =>
    rows((day, k) => `${begin(k + 1)}\n ds ${sign} ${day}\n y ${sign} ${k === 3 ? 'NULL' : k}`).replaceAll('\n ', '\n');
  it.each([
    ['psql', `${record('|', (row) => `-[ RECORD ${row} ]-------`)}\n(6 rows)\n`],
    ['MySQL', `${record(':', (row) => `${'*'.repeat(27)} ${row}. row ${'*'.repeat(27)}`)}\n6 rows in set (0.00 sec)\n`],
  ])('%s', async (_, text) => {
    const set = await readText(text, { missing: 'linear' });
    expect([[...seriesValues(set, 0)], timeAt(set, 0, 5)]).toEqual([[0, 1, 2, 3, 4, 5], Date.UTC(2024, 0, 6)]);
    expect((await errorOf(() => readText(text))).details.line).toBe(10);
    expect((await errorOf(() => readText(text.replace(/\ny . 1/, '\nnothing')))).message).toMatch(
      /line 6: expected a name, \| and a value/,
    );
  });
});

describe('the line protocol of InfluxDB', () => {
  it('fields, tags, escapes and kinds of values', async () => {
    const text = `# exported\n${days.flatMap((day, k) => ['a\\ b', 'c'].map((host) => `cpu,host=${host} idle=${k}.5,n=${k}i,up=t,note="x, y=1 z" ${nano(day)}`)).join('\n')}\n`;
    const set = await readText(text, { id: 'host', target: 'idle', historic: ['n', 'up'] });
    expect([set.ids, [...seriesValues(set, 1)]]).toEqual([
      ['a b', 'c'],
      [0.5, 1.5, 2.5, 3.5, 4.5, 5.5],
    ]);
    expect([timeAt(set, 0, 5), [...set.historic!.values.slice(0, 4)]]).toEqual([Date.UTC(2024, 0, 6), [0, 1, 1, 1]]);
  });

  it('seconds, without tags', async () => {
    const set = await readText(`${rows((day, k) => `load value=${k} ${Date.parse(day) / 1000}`)}\n`);
    expect([set.target, timeAt(set, 0, 0)]).toEqual(['value', Date.UTC(2024, 0, 1)]);
  });

  it.each([
    ['load value=9', /line 7: .*it has no time/],
    ['load value 1704067200', /line 7: .*"value" has no value/],
    ['load', /line 7: .*expected measurement/],
  ])('%s', async (line, message) => {
    const text = `${rows((day, k) => `load value=${k} ${Date.parse(day) / 1000}`)}\n${line}\n`;
    expect((await errorOf(() => readText(text))).message).toMatch(message);
  });
});

describe('lines above a table are told with what to pass, which reads it', () => {
  const ons = [
    '"Title","CPI INDEX"',
    '"CDID","D7BT"',
    '"PreUnit",""',
    '"Unit","Index"',
    '"Release date","20-11-2024"',
    '"Next release","December"',
    '"Important notes",',
  ];
  it.each([
    [
      'ONS',
      `${ons.join('\n')}\n${months.map((month, k) => `"${month}","${k}"`).join('\n')}\n`,
      { skipRows: 7, header: false },
      { target: 'column2' },
    ],
    [
      'Destatis',
      `GENESIS-Tabelle: 61111\nPreise;;;\n;;Index;Veränderung\n${months.map((_, k) => `2024;${['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni'][k]};${k},0;...`).join('\n')}\n__________\n(C)opyright\n`,
      { skipRows: 3, header: false, badRows: 'reject' },
      { time: ['column1', 'column2'], target: 'column3' },
    ],
    [
      'AEMO',
      `C,NEMP.WORLD,DISPATCHIS,AEMO,PUBLIC,2024/01/01,1\nI,DISPATCH,PRICE,3,SETTLEMENTDATE,RRP\n${rows((day, k) => `D,DISPATCH,PRICE,3,"${day.replaceAll('-', '/')} 00:00:00",${k}`)}\nC,"END OF REPORT",8\n`,
      { skipRows: 1, badRows: 'reject' },
      { target: 'RRP' },
    ],
  ] as const)('%s', async (_, text, told, options) => {
    const error = await errorOf(() => readText(text));
    expect(Object.fromEntries(error.remedies.map(({ option, values }) => [option, values[0]]))).toEqual(told);
    expect([...(await readText(text, { ...told, ...options })).values]).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('a file of another form is told', () => {
  it.each([
    [
      'a pointer of Git LFS',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
      /pointer of Git LFS.*git lfs pull/,
    ],
    ['blanks, as pandas prints', `           ds  y\n${rows((day, k) => `${k}  ${day}  ${k}`)}\n`, /parted by blanks/],
    ['blanks and quotes, as R writes', `"ds" "y"\n${rows((day, k) => `"${k}" "${day}" ${k}`)}\n`, /parted by blanks/],
    ['tildes', `ds~y\n${rows((day, k) => `${day}~${k}`)}\n`, /parted by "~"/],
    ['signs of Hive', `ds\u0001y\n${rows((day, k) => `${day}\u0001${k}`)}\n`, /parted by "\\u0001"/],
    [
      'names of rows, as R writes',
      `"ds","y"\n${rows((day, k) => `"${k}","${day}",${k}`)}\n`,
      /every row has 3 cells, and the header 2 names/,
    ],
  ])('%s', async (_, text, message) => {
    const error = await errorOf(() => readText(text));
    expect(error.message).toMatch(message);
    expect(error.remedies).toEqual([]);
  });

  it('a file in order keeps the error of its row', async () => {
    const text = `ds,y\n${rows((day, k) => `${day},${k}`)}\nSource: us\n`;
    expect((await errorOf(() => readText(text))).details).toMatchObject({ line: 8 });
    expect(
      (await errorOf(() => readText('ds,y\n[UTC],[MW]\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n'))).details.line,
    ).toBe(2);
  });
});
