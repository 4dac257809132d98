import { type BadCase, readCsvRefuses } from './support/bad-cases.ts';
import { bytes, threeDays } from './support/bytes.ts';

const zip = Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0);
const latin1 = Uint8Array.from([...bytes('id,ds,y\nK'), 0xf6, ...bytes('ln,2020-01-01,1\n')]);
const lateLatin1 = Uint8Array.from([
  ...bytes(`id,ds,y\n${'a,2020-01-01,1\n'.repeat(6000)}K`),
  0xf6,
  ...bytes('ln,2020-01-01,1\n'),
]);

const cases: readonly BadCase[] = [
  { title: 'an empty file', file: '', code: 'data/empty-file', message: /^f\.csv: the file is empty \(0 bytes\)/ },
  { title: 'a file of blank lines', file: '\n\n \n', code: 'data/empty-file', message: /empty/ },
  { title: 'a header without rows', file: 'ds,y\n', code: 'data/header-only', message: /has a header but no rows/ },
  {
    title: 'Latin-1 in the head',
    file: latin1,
    code: 'data/encoding',
    message: /line 2, byte 2: not valid UTF-8/,
    line: 2,
  },
  {
    title: 'Latin-1 behind the head',
    file: lateLatin1,
    options: { id: 'id', duplicates: 'last' },
    code: 'data/encoding',
    message: /line 6002, column 'id': not valid UTF-8/,
    line: 6002,
  },
  { title: 'a zip archive', file: zip, code: 'data/compressed', message: /zip data \(50 4b\)/ },
  { title: 'a Parquet file', file: bytes('PAR1xxxx'), code: 'data/unknown-format', message: /this is a Parquet file/ },
  {
    title: 'a repeated header',
    file: 'ds,y,y\n2020-01-01,1,2\n',
    code: 'data/duplicate-column',
    message: /line 1: column 'y' appears twice \(fields 2 and 3\)/,
    line: 1,
  },
  {
    title: 'a short row',
    file: 'id,ds,y\na,2020-01-01,1\na,2020-01-02\na,2020-01-03,3\n',
    options: { id: 'id' },
    code: 'data/ragged-row',
    message: /line 3: expected 3 fields, found 2: "a,2020-01-02"/,
    line: 3,
  },
  {
    title: 'a long row',
    file: threeDays('2,9'),
    code: 'data/ragged-row',
    message: /line 3: expected 2 fields, found 3: "2020-01-02,2,9"/,
    line: 3,
  },
  {
    title: 'a last row cut off',
    file: 'ds,y\n2020-01-01,1\n2020',
    code: 'data/ragged-row',
    message: /line 3: expected 2 fields, found 1/,
    line: 3,
  },
  {
    title: 'a block of NUL',
    file: `ds,y\n2020-01-01,1\n${'\0'.repeat(40)}\n`,
    code: 'data/ragged-row',
    message: /line 3: expected 2 fields, found 1/,
    line: 3,
  },
  {
    title: 'an open quote',
    file: 'ds,y\n2020-01-01,1\n"2020-01-02,2\n2020-01-03,3\n',
    code: 'data/open-quote',
    message: /line 3, column 'ds': the quote opened in field 1 is never closed/,
    line: 3,
  },
  {
    title: 'text behind a closing quote',
    file: threeDays('"2"x'),
    code: 'data/open-quote',
    message: /line 3: text follows a closing quote: "2"x/,
    line: 3,
  },
];

readCsvRefuses(cases);
