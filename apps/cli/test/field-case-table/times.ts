import { daily, type FieldCase } from './field-case.ts';

const plain = { count: 150, first: 100, last: 118.4 };
const june = ['2023-06-01', '2023-06-07'] as const;

/** How times are written. */
export const timeCases: readonly FieldCase[] = [
  {
    title: '11 serial dates of a spreadsheet',
    file: '04-excel-serial.csv',
    fails: [/'date'/, /2024-05-29/, /--time-unit excel/],
  },
  {
    title: '11 serial dates, told',
    file: '04-excel-serial.csv',
    flags: ['--time-unit', 'excel'],
    values: plain,
    ahead: ['2024-05-30', '2024-06-05'],
  },
  { title: '13 1, 2, 3 are no seconds since 1970', file: '05b-integer-index.csv', fails: [/--no-time/] },
  {
    title: '13 1, 2, 3 named as the time',
    file: '05b-integer-index.csv',
    flags: ['--time', 't', '--target', 'y'],
    fails: [/'t'/, /--no-time/],
  },
  {
    title: '13 the order of rows',
    file: '05b-integer-index.csv',
    flags: ['--no-time', '--target', 'y'],
    values: plain,
    ahead: [/\b15[01]$/, /\b15[67]$/],
  },
  {
    title: '14 a feature called month beside ISO times',
    file: '34d-month-feature.csv',
    flags: ['--target', 'sales'],
    says: [/time observed_at/],
    values: plain,
    ahead: june,
  },
  {
    title: '14 a feature called month, told to be the time: the column is named',
    file: '34d-month-feature.csv',
    flags: ['--target', 'sales', '--time', 'month'],
    fails: [/'month'/],
    never: /--duplicates/,
  },
  { title: '16 dd/mm/yyyy is not guessed', file: '06-ddmm.csv', fails: [/02\/01\/2023/, /--time-format %d\/%m\/%Y/] },
  {
    title: '16 dd/mm/yyyy is not guessed though each day is below 13',
    file: '06b-ddmm-only-low-days.csv',
    fails: [/05\/02\/2012/, /--time-format/],
  },
  {
    title: '16 dd/mm/yyyy, told',
    file: '06-ddmm.csv',
    flags: ['--time-format', '%d/%m/%Y'],
    values: plain,
    ahead: [/^(2023-06-01|01\/06\/2023)$/, /^(2023-06-07|07\/06\/2023)$/],
  },
  {
    title: '16 texts in Parquet, told',
    file: '38g-text-dates.parquet',
    flags: ['--time-format', '%d.%m.%Y'],
    values: { count: 150, first: 100, last: 118.31 },
  },
  {
    title: 'dates with points: the format has points',
    file: 'points.csv',
    make: () => daily((date, value) => `${date.split('-').reverse().join('.')},${value}`),
    fails: [/02\.01\.2023/, /--time-format %d\.%m\.%Y/],
  },
  {
    title: '17 AM and PM, told',
    file: '48-am-pm.csv',
    flags: ['--time-format', '%Y-%m-%d %I:%M %p'],
    values: { count: 150, first: 100, last: 118.31 },
  },
  {
    title: '17 names of months, told',
    file: '61c-month-names.csv',
    flags: ['--time-format', '%b %d, %Y'],
    values: plain,
  },
  {
    title: '17 AM and PM',
    file: '48-am-pm.csv',
    says: [/frequency hour/],
    values: { count: 150, first: 100, last: 118.31 },
    ahead: [/^2024-01-07 06:00( AM)?$/, /^2024-01-07 12:00( PM)?$/],
  },
  {
    title: '17 names of months',
    file: '61c-month-names.csv',
    says: [/frequency day/],
    values: plain,
    ahead: [/^(2023-06-01|Jun 01, 2023)$/, /^(2023-06-07|Jun 07, 2023)$/],
  },
  {
    title: '18 UTC behind the time',
    file: '61-utc-word.csv',
    values: { count: 200, first: 100, last: 120.41 },
    ahead: [/^2024-01-09[T ]08:00(:00)?( ?UTC|Z|\+00:00)$/, /^2024-01-09[T ]14:00(:00)?( ?UTC|Z|\+00:00)$/],
  },
  { title: '19 CET and CEST', file: '73-cet-words.csv', fails: [/line 2/, /CEST/] },
  {
    title: '20 +00 behind the time',
    file: '61b-postgres-offset.csv',
    values: { count: 200, first: 100, last: 120.41 },
    ahead: [/^2024-01-09[T ]08:00(:00)?(Z|\+00(:00)?)$/, /^2024-01-09[T ]14:00(:00)?(Z|\+00(:00)?)$/],
  },
  {
    title: '21 Z and +00:00 mixed: one form, with a clock at midnight and a zone',
    file: '14-mixed-offset-spelling.csv',
    values: { count: 240, first: 100, last: 110.36 },
    ahead: [/^2023-11-04[T ]00:00(:00)?(Z|\+00:00)$/, /^2023-11-04[T ]06:00(:00)?(Z|\+00:00)$/],
    check: ({ times }, { stderr }) => {
      if (new Set(times.map((time) => time.replaceAll(/\d/g, '0'))).size !== 1) throw new Error(times.join());
      if (!/2023-11-04[T ]00:00(:00)?(Z|\+00:00)/.test(stderr)) throw new Error(stderr);
    },
  },
  {
    title: '21 dates and date-times mixed: one form',
    file: '57-mixed-date-and-datetime.csv',
    flags: ['--horizon', '24', '--val-split', '0'],
    ahead: ['2024-01-07 06:00', '2024-01-08 05:00'],
    check: ({ times }) => {
      if (times[18] !== '2024-01-08 00:00') throw new Error(times.join());
    },
  },
  {
    title: '22 local times with changing offsets: the zone is written',
    file: '14b-local-offsets-dst.csv',
    values: { count: 240, first: 100, last: 110.36 },
    ahead: [/^2023-11-04[T ](00:00(:00)?Z|01:00(:00)?\+01:00)$/, /^2023-11-04[T ](06:00(:00)?Z|07:00(:00)?\+01:00)$/],
  },
  {
    title: '23 Parquet with a zone: the zone is written',
    file: '38-ts-ns-tz.parquet',
    ahead: [/(Z|[+-]\d\d:\d\d)$/, /(Z|[+-]\d\d:\d\d)$/],
  },
  {
    title: '24 days that begin at local midnight',
    file: '14c-daily-local-midnight.csv',
    values: plain,
    says: [/frequency day/],
    ahead: [/^2024-01-29(T00:00:00\+01:00)?$/, /^2024-02-04(T00:00:00\+01:00)?$/],
    never: /irregular/,
  },
  {
    title: '25 milliseconds with .0',
    file: '15-epoch-ms-float.csv',
    flags: ['--target', 'close'],
    says: [/frequency hour/],
  },
  {
    title: '26 an exponent has cost the digits',
    file: '15b-epoch-ms-short-exponent.csv',
    flags: ['--target', 'close'],
    fails: [/digits/],
    never: /--duplicates/,
  },
  {
    title: '27 seconds, then milliseconds: the line is named',
    file: '63-epoch-unit-changes.csv',
    flags: ['--time', 'unix'],
    fails: [/line 92/],
    never: /rowOrder/,
  },
  {
    title: '28 24:00',
    file: '16-hour-24.csv',
    values: { count: 150, first: 100, last: 118.31 },
    ahead: ['2023-01-07 07:00', '2023-01-07 13:00'],
  },
  { title: '29 a leap second', file: '22-leap-second.csv', fails: [/line 152/, /23:59:60/, /--bad-rows reject/] },
  {
    title: '29 a leap second, left out',
    file: '22-leap-second.csv',
    flags: ['--bad-rows', 'reject'],
    says: [/1 rejected/],
  },
  {
    title: '30 quarters as 1990Q1',
    file: '18-quarter.csv',
    values: { count: 120, first: 100, last: 96.35 },
    says: [/frequency quarter/],
    ahead: [/^2020(Q1|-01(-01)?)$/, /^2021(Q3|-07(-01)?)$/],
  },
  {
    title: '30 quarters as 1990-Q1',
    file: '18b-quarter-dash.csv',
    values: { count: 120, first: 100, last: 96.35 },
    says: [/frequency quarter/],
    ahead: [/^2020-(Q1|01(-01)?)$/, /^2021-(Q3|07(-01)?)$/],
  },
  {
    title: '31 ISO weeks',
    file: '19-iso-week.csv',
    says: [/frequency week/],
    values: { count: 150, first: 100, last: 101.16 },
    ahead: [/^(2021-W47|2021-11-22)$/, /^(2022-W01|2022-01-03)$/],
  },
  {
    title: '40 the hour of the clock change twice: the flag is named',
    file: '21-dst-fold.csv',
    fails: [/--timezone Europe\/Berlin/],
  },
  {
    title: '40 the hour of the clock change twice, told the zone',
    file: '21-dst-fold.csv',
    flags: ['--timezone', 'Europe/Berlin'],
    values: { count: 150, first: 100, last: 118.31 },
    ahead: [/^2023-10-31[T ]05:00(:00)?(\+01:00)?$/, /^2023-10-31[T ]11:00(:00)?(\+01:00)?$/],
  },
];
