import { daily, type FieldCase } from './field-case.ts';

const plain = { count: 150, first: 100, last: 118.4 };
const june = ['2023-06-01', '2023-06-07'] as const;

/** How numbers are written. */
export const numberCases: readonly FieldCase[] = [
  {
    title: '1 semicolons and decimal commas, told',
    file: '01-decimal-comma.csv',
    flags: ['--target', 'umsatz', '--decimal', ','],
    values: plain,
    ahead: june,
  },
  {
    title: '1 decimal commas without a word: found, and told',
    file: '01-decimal-comma.csv',
    says: [/decimal comma found/],
    values: plain,
    ahead: june,
  },
  {
    title: 'decimal commas beside decimal points: the text, its place and the flag are named',
    file: 'both-signs.csv',
    make: () => daily((date, value, step) => `${date};${step === 7 ? '101,5' : value.toFixed(2)}`, 'date;sales'),
    fails: [/line 9/, /"101,5"/, /--decimal ","/],
  },
  {
    title: '2 quoted thousands with commas',
    file: '02-thousands-quoted.csv',
    flags: ['--target', 'close'],
    fails: [/line 2/, /'close'/, /"1,500\.00"/, /--thousands ","/],
  },
  {
    title: '2 quoted thousands with commas, told',
    file: '02-thousands-quoted.csv',
    flags: ['--target', 'close', '--thousands', ','],
    values: { count: 150, first: 1500, last: 1703.64 },
    ahead: june,
  },
  {
    title: '3 thousands commas without quotes',
    file: '46c-comma-price-unquoted.csv',
    fails: [/line 2/, /expected 2 fields, found 3/],
  },
  {
    title: '4 thousands points are not read as decimals',
    file: '03-thousands-dot.csv',
    flags: ['--target', 'stueck'],
    fails: [/stueck/, /--thousands "\."/],
  },
  {
    title: '4 thousands points, told',
    file: '03-thousands-dot.csv',
    flags: ['--thousands', '.'],
    values: { count: 150, first: 1000, last: 1070 },
    ahead: june,
  },
  {
    title: 'three decimals in every row are decimals',
    file: 'three-decimals.csv',
    make: () => daily((date, value) => `${date},${(value / 50).toFixed(3)}`),
    values: { count: 150, first: 2, last: 1.887 },
  },
  {
    title: '5 Swiss apostrophes, without a target',
    file: '46b-swiss-apostrophe.csv',
    fails: [/chf/, /1'500\.00/, /--thousands "'"/],
  },
  {
    title: '5 Swiss apostrophes with a target',
    file: '46b-swiss-apostrophe.csv',
    flags: ['--target', 'chf'],
    fails: [/line 2/, /1'500\.00/, /--thousands "'"/],
  },
  {
    title: '5 Swiss apostrophes, told',
    file: '46b-swiss-apostrophe.csv',
    flags: ['--thousands', "'"],
    values: { count: 150, first: 1500, last: 1703.64 },
  },
  {
    title: '6 narrow blanks between thousands',
    file: '74-space-thousands.csv',
    flags: ['--target', 'ventes'],
    fails: [/line 2/, /--thousands space/],
  },
  {
    title: '6 narrow blanks between thousands, told',
    file: '74-space-thousands.csv',
    flags: ['--thousands', 'space'],
    values: { count: 150, first: 15000, last: 16958 },
  },
  {
    title: '7 currency signs',
    file: '46-currency.csv',
    flags: ['--target', 'Price'],
    fails: [/line 2/, /\$100\.0/, /currency/],
  },
  { title: '7 100.5K', file: '46-currency.csv', flags: ['--target', 'Vol.'], fails: [/line 2/, /100\.5K/] },
  {
    title: '8 spreadsheet words for no value: named with the flag',
    file: '13-null-markers.csv',
    fails: [/line 9/, /#N\/A/, /--null-values "#N\/A"/],
  },
  {
    title: '8 spreadsheet words for no value are added to the usual ones',
    file: '13-null-markers.csv',
    flags: ['--null-values', '#N/A,--,n.a.,.', '--missing', 'linear'],
    values: plain,
    ahead: june,
  },
  {
    title: '8 a word for no value beside an empty cell',
    file: '13e-marker-and-blank.csv',
    flags: ['--null-values', 'missing', '--missing', 'linear'],
    values: plain,
    ahead: june,
  },
  {
    title: '8 the empty text can be given as ""',
    file: '13e-marker-and-blank.csv',
    flags: ['--null-values', '"",missing', '--missing', 'linear'],
    values: plain,
  },
  { title: '9 infinity in the target', file: '68-inf.csv', fails: [/line 42/, /infinite/, /--non-finite mask/] },
  {
    title: '9 infinity in the target, masked',
    file: '68-inf.csv',
    flags: ['--non-finite', 'mask'],
    values: plain,
    ahead: june,
  },
  {
    title: '9 infinity in a covariate, masked',
    file: '68c-inf-volume.csv',
    flags: ['--target', 'close', '--historic', 'growth', '--non-finite', 'mask'],
    values: plain,
    ahead: june,
  },
  {
    title: '9 infinity in a covariate',
    file: '68c-inf-volume.csv',
    flags: ['--target', 'close', '--historic', 'growth'],
    fails: [/line 11/, /growth/, /--non-finite mask/],
  },
  { title: '10 #DIV/0!', file: '68b-div0.csv', fails: [/line 42/, /#DIV\/0!/, /--null-values "#DIV\/0!"/] },
  {
    title: '10 #DIV/0! as no value',
    file: '68b-div0.csv',
    flags: ['--null-values', '#DIV/0!', '--missing', 'linear'],
    values: plain,
  },
];
