import { daily, type FieldCase, wave } from './field-case.ts';

const plain = { count: 150, first: 100, last: 94.36 };
const start = Date.UTC(2023, 0, 2);

/** 150 hours of a wave, each as `line` makes it of its time and the next one. */
function hourly(head: string, line: (time: string, next: string, value: number, step: number) => string): string {
  const at = (step: number) => new Date(start + 3_600_000 * step).toISOString().slice(0, 16).replace('T', ' ');
  const rows = Array.from({ length: 150 }, (_, step) => line(at(step), at(step + 1), wave(step), step));
  return `${[head, ...rows].join('\n')}\n`;
}

const german = (time: string): string => time.replace(/^(....)-(..)-(..)/, '$3.$2.$1');
const records = Array.from({ length: 150 }, (_, step) => ({
  date: new Date(start + 86_400_000 * step).toISOString().slice(0, 10),
  y: wave(step),
}));
const json = (document: unknown) => () => JSON.stringify(document);
/** A format that is not read untold: the error names it, and told it is read. */
const toldTimes = (name: string, format: string, file: () => string, ahead: readonly [string, string]): FieldCase[] => [
  { title: `${name}: the format is named`, file: `${name}.csv`, make: file, fails: [/--time-format/, literal(format)] },
  {
    title: `${name}, told`,
    file: `${name}.csv`,
    make: file,
    flags: ['--time-format', format],
    values: plain,
    ahead: [ahead[0], ahead[1]],
  },
];
const literal = (text: string): RegExp => new RegExp(text.replaceAll(/[.+*?()/]/g, '\\$&'));

/** What exchanges, offices of statistics, grids, sensors and databases write. */
export const programCases: readonly FieldCase[] = [
  // Numbers that mean "no value".
  {
    title: '-9999 is told from the values below which it stands',
    file: 'nines.csv',
    make: () => daily((date, value, step) => `${date},${step === 4 ? -9999 : value}`),
    says: [/-9999 in 1 rows/, /--null-values -9999/],
  },
  {
    title: '-9999, told: the number is a text to the flag and is left out all the same',
    file: 'nines.csv',
    flags: ['--null-values', '-9999', '--missing', 'linear'],
    says: [/missing values: 1 in 1 series/],
    values: plain,
  },
  {
    title: '-9999.0 in JSON, told as -9999',
    file: 'nines.json',
    make: json(records.map(({ date, y }, step) => ({ date, y: step === 4 ? -9999.0 : y }))),
    flags: ['--null-values', '-9999', '--missing', 'linear'],
    says: [/missing values: 1 in 1 series/],
    values: plain,
  },
  {
    title: 'a series that goes down to -99 by itself is no such number',
    file: 'low.csv',
    make: () => daily((date, value, step) => `${date},${step === 4 ? -99 : value - 180}`),
    never: /--null-values/,
    values: { count: 150, first: -80, last: -85.64 },
  },
  {
    title: 'a point for no value stands in quotes: it is no end of a sentence',
    file: 'point.csv',
    make: () => daily((date, value, step) => `${date},${step === 4 ? '.' : value}`),
    fails: [/--null-values "\."/],
  },
  {
    title: 'digits of another script are no "no value"',
    file: 'arabic.csv',
    make: () => daily((date) => `${date},١٠٠`),
    flags: ['--target', 'sales'],
    fails: [/digits from 0 to 9/],
    never: /--null-values/,
  },
  ...['100.5 kW', '100.5*', '100.5 (p)'].map(
    (cell): FieldCase => ({
      title: `${cell}: what stands behind the number is to be removed`,
      file: 'unit.csv',
      make: () => daily((date) => `${date},${cell}`),
      fails: [/line|holds/, /remove what stands behind the number/],
    }),
  ),
  // Periods.
  {
    title: 'periods of a grid: the format of the begin is named',
    file: 'mtu.csv',
    make: () => hourly('MTU,price', (time, next, value) => `${german(time)} - ${german(next)},${value}`),
    fails: [/--time-format "%d\.%m\.%Y %H:%M"/],
  },
  {
    title: 'periods of a grid, told',
    file: 'mtu.csv',
    flags: ['--time-format', '%d.%m.%Y %H:%M'],
    says: [/periods, read as the time at which they begin/, /frequency hour/],
    values: plain,
    ahead: ['08.01.2023 06:00', '08.01.2023 12:00'],
  },
  {
    title: 'weeks of pandas are periods',
    file: 'weeks.csv',
    make: () =>
      `week,y\n${Array.from({ length: 120 }, (_, k) => `${new Date(start + 7 * k * 86_400_000).toISOString().slice(0, 10)}/${new Date(start + (7 * k + 6) * 86_400_000).toISOString().slice(0, 10)},${wave(k)}`).join('\n')}\n`,
    says: [/frequency week/, /periods/],
    ahead: ['2025-04-21', '2025-06-02'],
  },
  {
    title: 'an hour from one clock time to the next is no offset',
    file: 'ranges.csv',
    make: () =>
      hourly(
        'date,hour,mw',
        (time, next, value) => `${time.slice(0, 10)},${time.slice(11)}-${next.slice(11)},${value}`,
      ),
    flags: ['--target', 'mw', '--time', 'date', '--time', 'hour'],
    says: [/frequency hour/],
    values: plain,
    ahead: ['2023-01-08 06:00', '2023-01-08 12:00'],
  },
  {
    title: 'the same in one column: what no clock on earth shows is a period',
    file: 'ranges-one.csv',
    make: () => hourly('time,mw', (time, next, value) => `${time}-${next.slice(11)},${value}`),
    fails: [/line 14/, /a period/],
    never: /%z/,
  },
  // Times of programs.
  ...toldTimes(
    'tws',
    '%Y%m%d-%H:%M:%S',
    () => daily((date, value) => `${date.replaceAll('-', '')}-00:00:00,${value}`),
    ['20230601-00:00:00', '20230607-00:00:00'],
  ),
  ...toldTimes(
    'chinese',
    '%Y年%m月%d日',
    () => daily((date, value) => `${date.replace(/(....)-(..)-(..)/, '$1年$2月$3日')},${value}`),
    ['2023年06月01日', '2023年06月07日'],
  ),
  ...toldTimes('hungarian', '%Y. %m. %d.', () => daily((date, value) => `${date.replaceAll('-', '. ')}.,${value}`), [
    '2023. 06. 01.',
    '2023. 06. 07.',
  ]),
  {
    title: 'a word that is no month is named',
    file: 'words.csv',
    make: () => daily((date, value) => `${date.slice(8)} stycznia ${date.slice(0, 4)},${value}`),
    fails: [/'stycznia' is not known/],
    never: /--time stycznia/,
  },
  {
    title: 'a zone behind each time is told once',
    file: 'zone-behind.csv',
    make: () => hourly('date,y', (time, _, value) => `${time}:00 US/Eastern,${value}`),
    fails: [/--timezone US\/Eastern/],
  },
  {
    title: 'years of the Buddhist era are told',
    file: 'thai.csv',
    make: () => daily((date, value) => `${date.replace('2023', '2566')},${value}`),
    says: [/the year 2566/],
  },
  {
    title: 'seconds in a column called t',
    file: 't.csv',
    make: () => daily((date, value) => `${Date.parse(date) / 1000},${value}`, 't,y'),
    says: [/time t/, /read as s since 1970/],
    values: plain,
  },
  // Headers.
  {
    title: 'annotations of InfluxDB are comments, though their cells repeat',
    file: 'influx.csv',
    make: () =>
      `#group,false,false,true\n#datatype,string,dateTime:RFC3339,double\n#default,mean,,\n${daily((date, value) => `,0,${date}T00:00:00Z,${value}`, ',table,_time,_value')}`,
    fails: [/--comment "#"/],
  },
  {
    title: 'annotations of InfluxDB, told',
    file: 'influx.csv',
    flags: ['--comment', '#', '--target', '_value'],
    values: plain,
  },
  {
    title: 'a name that looks like a number, above a row of units',
    file: 'usgs.tsv',
    make: () => daily((date, value) => `0123\t${date}\t${value}`, 'site\tdatetime\t00060\n15s\t20d\t14n'),
    flags: ['--target', '00060'],
    fails: [/line 2/, /--bad-rows reject/],
    never: /--skip-rows/,
  },
  {
    title: 'a name that looks like a number, above a row of units, left out',
    file: 'usgs.tsv',
    flags: ['--target', '00060', '--bad-rows', 'reject'],
    values: plain,
  },
  {
    title: 'merged cells above the names',
    file: 'merged.csv',
    make: () => daily((date, value) => `${date},${value},1,2,3`, 'Date,Sales,,Stock,\n,North,South,North,South'),
    flags: ['--target', 'Sales North'],
    says: [/lines 1 and 2 are the header/, /unused Sales South, Stock North, Stock South/],
    values: plain,
    ahead: ['2023-06-01', '2023-06-07'],
  },
  {
    title: 'a title above the names is no merged cell',
    file: 'title.csv',
    make: () => daily((date, value) => `${date},${value},1`, 'Report,,\ndate,sales,stock'),
    fails: [/--skip-rows 1/],
  },
  ...(
    [
      ['1960 1961 1962 1963 1964 1965', /--input-size/],
      ['1/2/23 1/3/23 1/4/23 1/5/23 1/6/23 1/7/23', /--time-format %d\/%m\/%y or %m\/%d\/%y/],
    ] as const
  ).map(
    ([times, fails]): FieldCase => ({
      title: `columns that are times behind names, too few or of two meanings: ${times}`,
      file: 'turned.csv',
      make: () => `Country,Code,${times.replaceAll(' ', ',')}\nAruba,ABW,1,2,3,4,5,6\nBrazil,BRA,2,3,4,5,6,7\n`,
      fails: [fails],
    }),
  ),
];
