import { daily, day, type FieldCase, wave } from './field-case.ts';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const two = (number: number): string => String(number).padStart(2, '0');
const plain = { count: 150, first: 100, last: 94.36 };

/** 150 months of a wave as an office writes them, the months to come empty. */
const office = (from: number, sign = ','): string => {
  const rows = Array.from({ length: 13 }, (_, year) => {
    const cells = months.map((_, month) => (year * 12 + month < 150 ? wave(year * 12 + month) : ''));
    return [`CUUR`, from + year, ...cells, ''].join(sign);
  });
  return `${['Series ID', 'Year', ...months, 'Annual'].join(sign)}\n${rows.join('\n')}\n`;
};

/** Hours of 40 days beside each other, over the change to summer time where it is told. */
const market = (from: string, cell: (date: string, hour: number, step: number) => string | number): string => {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const rows = Array.from({ length: 40 }, (_, at) => {
    const date = day(from, at);
    return [date, ...hours.map((hour) => cell(date, hour, at * 24 + hour))].join(';');
  });
  return `${['Date', ...hours.map((hour) => `HE${two(hour + 1)}`)].join(';')}\n${rows.join('\n')}\n`;
};
const number = (step: number): string => String(wave(step)).replace('.', ',');
const spring = market('2024-03-01', (date, hour, step) => (date === '2024-03-31' && hour === 2 ? '' : number(step)));

/** Months of two items beside each other. */
const plan = (from: number, items: readonly string[]): string => {
  const names = Array.from({ length: 150 }, (_, step) => `${from + Math.floor(step / 12)}-${two((step % 12) + 1)}`);
  const rows = items.map((item, at) => [item, 'x', ...names.map((_, step) => wave(step, 100 * (at + 1)))].join());
  return `item,store,${names.join()}\n${rows.join('\n')}\n`;
};

/** Tables whose time goes across, as offices of statistics, markets of power and planners write them. */
export const crosstabCases: readonly FieldCase[] = [
  {
    title: 'years and months of an office of statistics, and a newer file of it',
    file: 'office.csv',
    make: () => office(2010),
    says: [
      /a crosstab: columns Jan to Dec, the months of a year with 'Year'/,
      /columns left out: Annual; pass --layout long/,
    ],
    values: { count: 150, first: 100, last: wave(149) },
    forecast: ['-d', 'office.csv'],
    ahead: ['2022-07', '2023-01'],
  },
  {
    title: 'the same from a spreadsheet',
    file: 'office-excel.csv',
    make: () => `\ufeffsep=;\r\n${office(2010, ';').replaceAll('.', ',').replaceAll('\n', '\r\n')}`,
    says: [/decimal comma found/, /a crosstab/],
    values: { count: 150, first: 100, last: wave(149) },
    ahead: ['2022-07', '2023-01'],
  },
  {
    title: 'hours of a power market over a change of the clock, with its zone',
    file: 'market.csv',
    make: () => spring,
    flags: ['--timezone', 'Europe/Oslo'],
    says: [
      /hours are named by their end: 'HE01' is read as 00:00, at which it begins/,
      /1 series of 959 time steps, frequency hour/,
    ],
    ahead: ['2024-04-10 00:00+02:00', '2024-04-10 06:00+02:00'],
  },
  {
    title: 'hours of a power market over a change of the clock, without its zone',
    file: 'market-2.csv',
    make: () => spring,
    fails: [
      /line 32, column 'HE03': one hour of 2024-03-31, a Sunday, has no value/,
      /--timezone Europe\/Berlin/,
      /--missing linear or mask/,
    ],
  },
  {
    title: 'months of several items, and a newer file with another item',
    file: 'plan.csv',
    make: () => plan(2010, ['a', 'b']),
    says: [/2 series of 150 time steps/, /series are named by 'item'; if they are others, name the column: --id/],
    check: ({ ids }) => {
      if ([...new Set(ids)].join() !== 'a,b') throw new Error(ids.join());
    },
    ahead: ['2022-07', '2023-01'],
  },
  {
    title: 'a crosstab that is told not to be one',
    file: 'told.csv',
    make: () => office(2010),
    flags: ['--layout', 'long'],
    fails: [/which column is the target/],
  },
  {
    title: 'features that are numbered as hours beside a target are none',
    file: 'features.csv',
    make: () => {
      const hours = Array.from({ length: 24 }, (_, hour) => hour);
      return daily((date, value) => `${date},${hours.join()},${value}`, `date,${hours.join()},y`);
    },
    values: plain,
    says: [/target y/],
    never: /crosstab/,
  },
  {
    title: 'JSON: a market chart of CoinGecko',
    file: 'chart.json',
    make: () => {
      const list = (level: number) =>
        Array.from({ length: 150 }, (_, step) => [Date.UTC(2023, 0, 2 + step), wave(step, level)]);
      return JSON.stringify({ prices: list(100), market_caps: list(1e9), total_volumes: list(1e6) });
    },
    says: [/target price; unused market_cap, volume/, /the target is 'price', unless you pass --target <column>/],
    values: plain,
  },
];
