import { daily, type FieldCase, wave } from './field-case.ts';

const plain = { count: 150, first: 100, last: 94.36 };
const german = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
const spanish = 'ene feb mar abr may jun jul ago sept oct nov dic'.split(' ');
const inWords = (date: string, months: readonly string[]): string => months[Number(date.slice(5, 7)) - 1]!;
const count = Array.from({ length: 150 }, (_, k) => k);
const monthly = (line: (year: number, month: number, value: number) => string, head: string): string =>
  `${[head, ...count.map((k) => line(2012 + Math.floor(k / 12), k % 12, wave(k)))].join('\n')}\n`;

/** Days of periods of settlement around the end of summer time in London. */
const settlement = (): string => {
  const days = [24, 25, 26, 27, 28].map((day) => `2024-10-${day}`);
  const rows = days.flatMap((day) =>
    Array.from({ length: day === '2024-10-27' ? 50 : 48 }, (_, k) => `${day},${k + 1}`),
  );
  return `date,period,mw\n${rows.map((row, k) => `${row},${wave(k)}`).join('\n')}\n`;
};

/** Names of months, periods of settlement, and forms of text and JSON that offices, grids and databases hand out. */
export const languageCases: readonly FieldCase[] = [
  {
    title: 'German names of months are read and written',
    file: 'german-months.csv',
    make: () =>
      daily(
        (date, value) => `${Number(date.slice(8))}. ${inWords(date, german)} ${date.slice(0, 4)};${value}`,
        'Datum;Umsatz',
      ),
    values: plain,
    ahead: ['1. Juni 2023', '7. Juni 2023'],
  },
  {
    title: 'Spanish short names with two digits of the year: the format is named',
    file: 'spanish-months.csv',
    make: () => monthly((year, month, value) => `${spanish[month]}-${year % 100},${value}`, 'mes,ventas'),
    fails: [/ene-12/, /--time-format %b-%y/],
  },
  {
    title: 'Spanish short names, told',
    file: 'spanish-months.csv',
    flags: ['--time-format', '%b-%y'],
    values: plain,
    ahead: ['jul-24', 'ene-25'],
  },
  {
    title: 'half hours of settlement: a day of 50 asks for the zone',
    file: 'settlement.csv',
    make: settlement,
    flags: ['--time', 'date', '--time', 'period', '--target', 'mw'],
    fails: [/49 of 48/, /--timezone/],
  },
  {
    title: 'half hours of settlement, told the zone',
    file: 'settlement.csv',
    make: settlement,
    flags: ['--time', 'date', '--time', 'period', '--target', 'mw', '--timezone', 'Europe/London'],
    says: [/frequency 30 minutes/, /counts the 48 periods of a day/],
    ahead: ['2024-10-29 00:00', '2024-10-29 03:00'],
  },
  {
    title: 'digits that lost a zero are one date',
    file: 'lost-zero.csv',
    make: () => daily((date, value) => `${Number(date.slice(8))}${date.slice(5, 7)}${date.slice(0, 4)},${value}`),
    flags: ['--time-format', '%d%m%Y'],
    values: plain,
    ahead: [/^0?1062023$/, /^0?7062023$/],
  },
  {
    title: 'what psql shows is read',
    file: 'psql.txt',
    make: () => `${daily((date, value) => ` ${date} | ${value}`, '    ds     | y \n-----------+---')}(150 rows)\n`,
    says: [/drawn with lines/],
    values: plain,
    ahead: ['2023-06-01', '2023-06-07'],
  },
  {
    title: 'line protocol is read',
    file: 'cpu.lp',
    make: () => `${daily((date, value) => `cpu,host=a usage=${value} ${Date.parse(date)}000000`, '# cpu')}`,
    values: plain,
  },
  {
    title: 'JSON-stat is read',
    file: 'stat.json',
    make: () => {
      const codes = count.map((k) => `${2012 + Math.floor(k / 12)}M${String((k % 12) + 1).padStart(2, '0')}`);
      const index = Object.fromEntries(codes.map((code, k) => [code, k]));
      return JSON.stringify({
        id: ['time'],
        size: [150],
        dimension: { time: { category: { index } } },
        value: count.map((k) => wave(k)),
      });
    },
    values: plain,
    ahead: ['2024M07', '2025M01'],
  },
  {
    title: 'lines of an office of statistics: what to pass is named',
    file: 'office.csv',
    make: () =>
      monthly(
        (year, month, value) =>
          `"${year} ${['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'][month]}","${value}"`,
        '"Title","CPI"\n"CDID","D7BT"\n"PreUnit",""\n"Unit","Index"\n"Release date","20-11-2024"\n"Next release","December"\n"Notes",',
      ),
    fails: [/lines 1 to 7/, /--skip-rows 7 and --no-header/],
  },
  {
    title: 'lines of an office of statistics, told',
    file: 'office.csv',
    flags: ['--skip-rows', '7', '--no-header'],
    values: plain,
    ahead: ['2024 JUL', '2025 JAN'],
  },
  {
    title: 'a day of no calendar behind the last is no gap to keep',
    file: 'forever.csv',
    make: () => `${daily()}9999-12-31,1\n`,
    fails: [/9999-12-31 is far from all the others/],
    never: /--gaps/,
  },
  {
    title: 'numbers beyond float32 are an error that was expected',
    file: 'beyond.csv',
    make: () => daily((date, value) => `${date},${value}e305`),
    fails: [/beyond float32/, /float32-overflow/],
  },
];
