import { type BadCase, readCsvRefuses, readSqlRefuses } from './support/bad-cases.ts';

const cases: readonly BadCase[] = [
  {
    title: 'no such day',
    file: 'ds,y\n2020-12-01,1\n2020-13-45,2\n',
    code: 'data/bad-time',
    message: /line 3, column 'ds': "2020-13-45" is not a date/,
    line: 3,
    bothEngines: true,
  },
  {
    title: 'an ambiguous date',
    file: 'ds,y\n01/02/2020,1\n',
    options: { time: 'ds' },
    code: 'data/ambiguous-date',
    message: /"01\/02\/2020": day-month or month-day\?.*timeFormat/,
    line: 2,
    bothEngines: true,
  },
  {
    title: 'another format than told',
    file: 'ds,y\n1.2.2020,1\n2020-02-02,1\n',
    options: { timeFormat: '%d.%m.%Y' },
    code: 'data/bad-time',
    message: /"2020-02-02" does not match timeFormat/,
    line: 3,
  },
  {
    title: 'offsets in some times',
    file: 'ds,y\n2020-01-01T00:00Z,1\n2020-01-01T01:00,2\n',
    code: 'data/mixed-time-zones',
    message: /mixes times with a UTC offset \(line 2\) and without one \(line 3\)/,
    line: 3,
    bothEngines: true,
  },
  {
    title: 'a local time that is skipped',
    file: 'ds,y\n2021-03-28T01:30,1\n2021-03-28T02:30,2\n',
    options: { timezone: 'Europe/Berlin' },
    code: 'data/local-time',
    message: /2021-03-28 02:30 \(line 3\) does not exist in Europe\/Berlin/,
    line: 3,
  },
  {
    title: 'an hour that occurs twice',
    file: 'ds,y\n2021-10-31T01:00,0\n2021-10-31T02:00,1\n2021-10-31T02:00,2\n2021-10-31T03:00,2\n',
    code: 'data/duplicate-time',
    message: /in column 'ds': .*2021-10-31T02:00 \(line 3\) and \(line 4\).*end of summer time.*pass timezone/,
    line: 4,
  },
  {
    title: 'an hour that is missing in spring',
    file: 'ds,y\n2021-03-28T00:00,0\n2021-03-28T01:00,1\n2021-03-28T03:00,2\n2021-03-28T04:00,2\n',
    code: 'data/gap',
    message: /change to summer time.*pass timezone/,
    line: 4,
  },
  {
    title: 'seconds told as milliseconds',
    file: 'ds,y\n1600000000,1\n1600003600,2\n',
    options: { timeUnit: 'ms' },
    code: 'data/time-range',
    message: /pass timeUnit: 's'/,
  },
  {
    title: 'an empty time',
    file: 'ds,y\n2020-01-01,1\n,2\n',
    code: 'data/empty-key',
    message: /line 3, column 'ds': empty ds/,
    line: 3,
    bothEngines: true,
  },
];

readCsvRefuses(cases);
readSqlRefuses(cases);
