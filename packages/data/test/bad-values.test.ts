import { type BadCase, readCsvRefuses, readSqlRefuses } from './support/bad-cases.ts';
import { dailyCsv, threeDays } from './support/bytes.ts';

const manyRows = Array.from(
  { length: 50_000 },
  (_, step) => `${new Date(step * 3_600_000).toISOString()},${step}`,
).join('\n');

const cases: readonly BadCase[] = [
  {
    title: 'text in a number column',
    file: threeDays('abc'),
    code: 'data/bad-number',
    message: /line 3, column 'y': "abc" is not a number/,
    line: 3,
    column: 'y',
    count: 1,
    bothEngines: true,
  },
  {
    title: 'text far down',
    file: `ds,y\n${manyRows}\n2099-01-01,abc\n`,
    code: 'data/bad-number',
    message: /line 50002, column 'y': "abc"/,
    line: 50_002,
  },
  {
    title: 'a percent sign',
    file: threeDays('5%'),
    code: 'data/bad-number',
    message: /remove the percent sign/,
    bothEngines: true,
  },
  {
    title: 'a currency sign',
    file: threeDays('€5'),
    code: 'data/bad-number',
    message: /remove the currency sign/,
    bothEngines: true,
  },
  {
    title: 'thousands separators',
    file: threeDays('"1,234.5"'),
    code: 'data/bad-number',
    message: /thousands separators must be removed/,
    bothEngines: true,
  },
  {
    title: 'a decimal comma',
    file: 'ds;y\n2020-01-01;1.5\n2020-01-02;1,5\n',
    code: 'data/bad-number',
    message: /for a decimal comma pass decimal: ','/,
  },
  {
    title: 'many faults',
    file: dailyCsv(['x', 1, 'x', 'x', 'x', 'x', 'x']).replace('x', '0'),
    code: 'data/bad-number',
    message: /5 faults in all; next: line 5/,
    count: 5,
    bothEngines: true,
  },
  {
    title: 'a number beyond float32',
    file: threeDays('1e300'),
    code: 'data/float32-overflow',
    message: /line 3\): beyond float32/,
    line: 3,
    bothEngines: false,
  },
  {
    title: 'an infinite number',
    file: threeDays('-Infinity'),
    code: 'data/non-finite',
    message: /line 3\): infinite.*nonFinite: 'mask'/,
    line: 3,
    bothEngines: false,
  },
  {
    title: 'a missing value',
    file: threeDays(''),
    code: 'data/missing-value',
    message: /column 'y', series 'y', 2020-01-02 \(line 3\): no value \(1 missing in 1 of 1 series\); pass missing/,
    line: 3,
    column: 'y',
    bothEngines: true,
  },
  {
    title: 'a missing covariate',
    file: 'ds,y,x\n2020-01-01,1,1\n2020-01-02,2,NA\n',
    options: { target: 'y', historic: ['x'] },
    code: 'data/missing-value',
    message: /column 'x'.*line 3/,
    bothEngines: true,
  },
];

readCsvRefuses(cases);
readSqlRefuses(cases);
