import { type BadCase, readCsvRefuses, readSqlRefuses } from './support/bad-cases.ts';
import { threeDays } from './support/bytes.ts';

const cases: readonly BadCase[] = [
  {
    title: 'an unknown option',
    file: threeDays('2'),
    options: { gap: 'mask' } as never,
    code: 'data/bad-option',
    message: /unknown option 'gap'; did you mean 'gaps'\?/,
    bothEngines: true,
  },
  {
    title: 'a wrong choice',
    file: threeDays('2'),
    options: { gaps: 'fill' } as never,
    code: 'data/bad-option',
    message: /gaps must be one of 'auto', .* found 'fill'/,
    bothEngines: true,
  },
  {
    title: 'an unknown zone',
    file: threeDays('2'),
    options: { timezone: 'Mars/Olympus' },
    code: 'data/bad-option',
    message: /IANA name.*found 'Mars\/Olympus'/,
    bothEngines: true,
  },
  {
    title: 'an unknown frequency',
    file: threeDays('2'),
    options: { frequency: 'fortnight' },
    code: 'data/bad-option',
    message: /'fortnight' is not a frequency/,
    bothEngines: true,
  },
];

readCsvRefuses(cases);
readSqlRefuses(cases);
