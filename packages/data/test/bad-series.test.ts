import { type BadCase, readCsvRefuses, readSqlRefuses } from './support/bad-cases.ts';

const cases: readonly BadCase[] = [
  {
    title: 'an empty id',
    file: 'id,ds,y\n,2020-01-01,1\n',
    options: { id: 'id' },
    code: 'data/empty-key',
    message: /line 2, column 'id': empty id/,
    line: 2,
    bothEngines: true,
  },
  {
    title: 'a repeated time',
    file: 'id,ds,y\na,2020-01-01,1\na,2020-01-01,2\n',
    options: { id: 'id' },
    code: 'data/duplicate-time',
    message: /series 'a', 2020-01-01 \(line 2\) and \(line 3\) \(1 in all\); pass duplicates/,
    line: 3,
    bothEngines: true,
  },
  {
    title: 'several series without id',
    file: 'sym,ds,y\na,2020-01-01,1\nb,2020-01-01,2\n',
    options: { target: 'y' },
    code: 'data/duplicate-time',
    message: /'sym' beside it tells series apart, pass id: 'sym'/,
    bothEngines: true,
  },
  {
    title: 'an unsorted file when told to refuse it',
    file: 'ds,y\n2020-01-02,1\n2020-01-01,2\n',
    options: { unsorted: 'error' },
    code: 'data/unsorted',
    message: /\(line 3\) is earlier than the row before it/,
    bothEngines: true,
  },
  {
    title: 'a gap',
    file: 'id,ds,y\na,2020-01-04,1\na,2020-01-05,1\na,2020-01-09,1\na,2020-01-10,1\n',
    options: { id: 'id' },
    code: 'data/gap',
    message:
      /line 4: series 'a': 3 missing time steps between 2020-01-05 and 2020-01-09 \(frequency day\); 1 gap in 1 of 1 series; pass gaps/,
    line: 4,
    bothEngines: true,
  },
  {
    title: 'an irregular time to be filled',
    file: 'ds,y\n2020-01-01T00:00,1\n2020-01-01T01:00,2\n2020-01-01T02:00,2\n2020-01-01T03:17,3\n',
    options: { gaps: 'forward' },
    code: 'data/frequency',
    message: /line 5.*not a multiple of hour/,
    bothEngines: true,
  },
  {
    title: 'series of different frequencies',
    file: 'id,ds,y\na,2020-01-01,1\na,2020-01-02,1\nb,2020-01-01T00:00,1\nb,2020-01-01T01:00,1\n',
    options: { id: 'id' },
    code: 'data/frequency',
    message: /different frequencies: day \(1\), hour \(1\)/,
    bothEngines: true,
  },
  {
    title: 'one row',
    file: 'ds,y\n2020-01-01,1\n',
    code: 'data/too-short',
    message: /too few rows: there is only one row/,
    bothEngines: true,
  },
];

readCsvRefuses(cases);
readSqlRefuses(cases);
