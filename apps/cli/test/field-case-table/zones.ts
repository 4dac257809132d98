import { type FieldCase, wave } from './field-case.ts';

const plain = { count: 150, first: 100, last: 118.4 };

/** Zones, offsets and clocks. */
export const zoneCases: readonly FieldCase[] = [
  {
    title: '18 UTC behind the time',
    file: '61-utc-word.csv',
    values: { count: 200, first: 100, last: 120.41 },
    ahead: ['2024-01-09 08:00:00 UTC', '2024-01-09 14:00:00 UTC'],
  },
  { title: '19 CET and CEST', file: '73-cet-words.csv', fails: [/line 2/, /CEST/] },
  {
    title: '20 +00 behind the time',
    file: '61b-postgres-offset.csv',
    values: { count: 200, first: 100, last: 120.41 },
    ahead: ['2024-01-09 08:00:00+00', '2024-01-09 14:00:00+00'],
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
    ahead: ['2023-11-04T01:00:00+01:00', '2023-11-04T07:00:00+01:00'],
  },
  {
    title: '23 Parquet with a zone: the zone is written',
    file: '38-ts-ns-tz.parquet',
    ahead: ['2023-10-31 04:00Z', '2023-10-31 10:00Z'],
  },
  {
    title: '24 days that begin at local midnight',
    file: '14c-daily-local-midnight.csv',
    values: plain,
    says: [/frequency day/],
    ahead: ['2024-01-29T00:00:00+01:00', '2024-02-04T00:00:00+01:00'],
    never: /irregular/,
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
    ahead: ['2023-10-31 05:00', '2023-10-31 11:00'],
  },
  {
    title: 'a zone that does not exist',
    file: '21-dst-fold.csv',
    flags: ['--timezone', 'Europe/Berln'],
    fails: [/Europe\/Berln/],
  },
  {
    title: 'local hours of New York, told: the offset of the file is none, so none is written',
    file: 'new-york.csv',
    make: () =>
      `ts,mw\n${Array.from({ length: 120 }, (_, step) => `${new Date(Date.UTC(2024, 0, 10, step)).toISOString().slice(0, 16)},${wave(step)}`).join('\n')}\n`,
    flags: ['--timezone', 'America/New_York'],
    ahead: ['2024-01-15T00:00', '2024-01-15T06:00'],
  },
];
