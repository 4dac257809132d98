import { daily, day, type FieldCase, wave } from './field-case.ts';

const plain = { count: 150, first: 100, last: 118.4 };

/** The rule by which times follow each other, and what is missing. */
export const axisCases: readonly FieldCase[] = [
  {
    title: '32 month ends from 29 February',
    file: '17-month-end.csv',
    says: [/frequency month/],
    ahead: ['2024-08-31', '2025-02-28'],
  },
  {
    title: '33 the 28th of each month',
    file: '17b-day-28.csv',
    says: [/2013-02-28 to 2023-01-28/],
    ahead: ['2023-02-28', '2023-08-28'],
    evaluates: /^y, 20\d\d-\d\d-28 to 2023-01-28:/m,
  },
  {
    title: '33 the 30th of each month',
    file: '17c-day-30.csv',
    says: [/2013-04-30 to 2023-03-30/],
    ahead: ['2023-04-30', '2023-10-30'],
  },
  {
    title: '35 the last business day of each month',
    file: '17d-last-business-day.csv',
    says: [/frequency (business-)?month/],
    ahead: ['2024-07-31', '2025-01-31'],
  },
  { title: '36 Mondays', file: '19b-weekly-monday.csv', says: [/frequency week/], ahead: ['2021-11-22', '2022-01-03'] },
  {
    title: '37 business days with holidays',
    file: '20-business-holidays.csv',
    says: [/frequency business-day/, /order of rows kept/],
    ahead: ['2023-08-08', '2023-08-16'],
  },
  {
    title: '38 an exchange closed for six days',
    file: '56-long-holiday.csv',
    says: [/order of rows kept/],
    ahead: ['2024-04-12', '2024-04-22'],
  },
  { title: '39 first days of months', file: '69-month-start.csv', ahead: ['2024-08-01', '2025-02-01'] },
  { title: '39 first days of quarters', file: '69b-quarter-start.csv', ahead: ['2020-01-01', '2021-07-01'] },
  { title: '39 years', file: '45-years.csv', says: [/frequency year/, /1860 to 1999/], ahead: ['2000', '2006'] },
  {
    title: 'months as 2012-02 stay months',
    file: 'months.csv',
    make: () =>
      `ds,y\n${Array.from({ length: 120 }, (_, step) => `${2012 + Math.floor(step / 12)}-${String((step % 12) + 1).padStart(2, '0')},${wave(step)}`).join('\n')}\n`,
    ahead: ['2022-01', '2022-07'],
  },
  {
    title: 'times with T and seconds keep them',
    file: 'seconds.csv',
    make: () =>
      `ds,y\n${Array.from({ length: 150 }, (_, step) => `${new Date(Date.UTC(2024, 0, 1, step)).toISOString().slice(0, 19)},${wave(step)}`).join('\n')}\n`,
    ahead: ['2024-01-07T06:00:00', '2024-01-07T12:00:00'],
  },
  {
    title: '67 one day twice',
    file: '40c-duplicate-day.csv',
    fails: [/2023-03-22/, /line 8\d/, /--duplicates last, first or mean/],
  },
  {
    title: '67 one day twice, the last counts',
    file: '40c-duplicate-day.csv',
    flags: ['--duplicates', 'last'],
    values: plain,
    ahead: ['2023-06-01', '2023-06-07'],
  },
  { title: '82 five days missing', file: '41-gap.csv', fails: [/--gaps rowOrder/, /forward, linear, zero or mask/] },
  {
    title: '82 five days missing, filled',
    file: '41-gap.csv',
    flags: ['--gaps', 'linear'],
    values: plain,
    ahead: ['2023-06-01', '2023-06-07'],
  },
  {
    title: '83 bars of a session go on in the next session',
    file: '41b-intraday-sessions.csv',
    values: { count: 260, first: 100, last: 109.4 },
    ahead: ['2023-01-31 09:30', '2023-01-31 12:30'],
  },
  {
    title: '84 an outage over one weekend is no weekend',
    file: '55-outage-over-weekend.csv',
    fails: [/61 missing time steps/, /--gaps/],
    never: /weekends or holidays/,
  },
  {
    title: '70 one row',
    file: '36-one-row.csv',
    fails: [/row/],
    never: /--frequency/,
  },
  { title: '70 a header only', file: '36b-header-only.csv', fails: [/header|no rows/] },
  { title: '70 0 bytes', file: '36c-empty.csv', fails: [/empty/] },
  {
    title: '66 newest first',
    file: '40b-newest-first.csv',
    says: [/out of order/],
    values: plain,
    ahead: ['2023-06-01', '2023-06-07'],
  },
  {
    title: '66 a shuffled panel',
    file: '40-shuffled-panel.csv',
    says: [/out of order/, /3 series/],
    ahead: ['2023-04-12', '2023-04-18'],
  },
  {
    title: 'rows out of order are an error when told so',
    file: '40b-newest-first.csv',
    flags: ['--unsorted', 'error'],
    fails: [/earlier/, /--unsorted sort/],
  },
  {
    title: 'a frequency that is told counts',
    file: '41-gap.csv',
    flags: ['--frequency', 'hour', '--gaps', 'error'],
    fails: [/frequency hour/],
  },
  {
    title: 'wide: a series in each column',
    file: 'wide.csv',
    make: () => daily((date, value) => `${date},${value},${value + 10},${value + 20}`, 'date,a,b,c'),
    flags: ['--layout', 'wide'],
    says: [/3 series/],
    check: ({ ids }) => {
      if ([...new Set(ids)].join() !== 'a,b,c') throw new Error(ids.join());
    },
  },
  {
    title: 'targets, each behind the flag again, are a series each',
    file: 'two-targets.csv',
    make: () => daily((date, value) => `${date},${value},${value + 10},1`, 'date,a,"b, c",d'),
    flags: ['--target', 'a', '--target', 'b, c'],
    says: [/2 series/],
    check: ({ ids }) => {
      if ([...new Set(ids)].join() !== 'a,"b, c"') throw new Error(ids.join());
    },
  },
  {
    title: 'a far time in the year 2101 is a date',
    file: 'far.csv',
    make: () =>
      `ds,y\n${Array.from({ length: 100 }, (_, step) => `${day('2101-01-01', step)},${wave(step)}`).join('\n')}\n`,
    ahead: ['2101-04-11', '2101-04-17'],
  },
];
