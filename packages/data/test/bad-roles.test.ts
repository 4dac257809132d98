import { type BadCase, readCsvRefuses, readSqlRefuses } from './support/bad-cases.ts';

const cases: readonly BadCase[] = [
  {
    title: 'a missing target',
    file: 'date,OT,HUFL\n2020-01-01,1,2\n',
    options: { target: 'OTT' },
    code: 'data/missing-column',
    message: /target column 'OTT' not found; the file has: date, OT, HUFL\. Did you mean target: 'OT'\?/,
    column: 'OTT',
    bothEngines: true,
  },
  {
    title: 'no target to guess',
    file: 'date,open,close\n2020-01-01,1,2\n',
    code: 'data/missing-column',
    message: /which column is the target\? the candidates are: open, close/,
    bothEngines: true,
  },
  {
    title: 'no time column',
    file: 'a,b\n1,2\n',
    options: { target: 'b' },
    code: 'data/missing-column',
    message: /no time column found.*time: false/,
    bothEngines: true,
  },
  {
    title: 'a column with two roles',
    file: 'ds,y\n2020-01-01,1\n',
    options: { historic: ['y'], target: 'y' },
    code: 'data/bad-option',
    message: /column 'y' is given two roles/,
    bothEngines: true,
  },
  {
    title: 'a static covariate that changes',
    file: 'ds,y,s\n2020-01-01,1,1\n2020-01-02,2,2\n',
    options: { target: 'y', static: ['s'] },
    code: 'data/static-varies',
    message: /static covariate 's' changes within series 'y' \(line 3\)/,
    bothEngines: true,
  },
  {
    title: 'too many categories',
    file: `ds,y,c\n${Array.from({ length: 51 }, (_, k) => `2020-01-01T00:${String(k).padStart(2, '0')},${k},c${k}`).join('\n')}\n`,
    options: { target: 'y', historic: ['c'] },
    code: 'data/too-many-categories',
    message: /covariate 'c' has 51 different texts, at most 50/,
    bothEngines: true,
  },
];

readCsvRefuses(cases);
readSqlRefuses(cases);
