import { daily, day, type FieldCase, wave } from './field-case.ts';

const june = ['2023-06-01', '2023-06-07'] as const;
const future = ['--future', 'promo'];

/** The distance of a written number from what float32 knows of it: at least `digits` behind the point. */
const decimals = (text: string): number => text.split('.')[1]?.length ?? 0;

/** Panels, scales, empty ends and what is known ahead. */
export const seriesCases: readonly FieldCase[] = [
  { title: '68 a panel without --id', file: '40d-panel-no-id.csv', flags: ['--target', 'close'], fails: [/--id/] },
  { title: '69 too few rows', file: '23-short.csv', fails: [/20/, /21/] },
  {
    title: '71 a series without a window is named, and that spans differ',
    file: '31-one-short.csv',
    flags: ['--id', 'store'],
    says: [/no training window .* s2 \(\d+\)/],
    forecastSays: [/4 series, 7 time steps, .*2023-01-\d\d.*2023-06-07/, /differ/],
  },
  {
    title: '71 series end at different times',
    file: '31b-different-ends.csv',
    flags: ['--id', 'store'],
    forecastSays: [/3 series, 7 time steps, .*2023-04-22.*2023-06-07/, /differ/],
  },
  {
    title: '72 a constant is forecast as it is',
    file: '24-constant.csv',
    says: [/constant series/],
    never: /Infinity|NaN/,
    check: ({ values }) => {
      if (values.some((value) => Number(value) !== 42.5)) throw new Error(values.join());
    },
  },
  {
    title: '73 a tiny constant beside a live series',
    file: '24b-constant-tiny.csv',
    check: ({ ids, values }) => {
      const pegged = values.filter((_, i) => ids[i] === 'pegged');
      if (pegged.some((value) => Math.abs(Number(value) / 2e-6 - 1) > 1e-6)) throw new Error(pegged.join());
      const live = values.filter((_, i) => ids[i] === 'live');
      if (live.some((value) => !(Number(value) > 1e-6 && Number(value) < 3e-6))) throw new Error(live.join());
    },
  },
  {
    title: '74 a series that was always 0',
    file: '25-zeros-intermittent.csv',
    check: ({ ids, values }) => {
      const never = values.filter((_, i) => ids[i] === 'never');
      if (never.length !== 7 || never.some((value) => Number(value) !== 0)) throw new Error(never.join());
    },
  },
  {
    title: '75 1e12 ± 100 has its digits',
    file: '26-huge.csv',
    check: ({ values }) => {
      if (new Set(values).size < 6 || values.some((value) => decimals(value) < 2)) throw new Error(values.join());
    },
  },
  {
    title: '75 a meter has its watt-hours',
    file: '26b-meter-counter.csv',
    check: ({ values }) => {
      if (values.every((value) => Number(value) % 10 === 0)) throw new Error(values.join());
    },
  },
  {
    title: '77 tiny values',
    file: '27-tiny.csv',
    check: ({ values }) => {
      if (values.some((value) => !(Number(value) > 2e-9 && Number(value) < 9e-9))) throw new Error(values.join());
    },
  },
  {
    title: 'digits are those of the scale, not of float64',
    file: 'usual.csv',
    make: () => daily(),
    check: ({ values }) => {
      if (values.some((value) => value.length > 12)) throw new Error(values.join());
    },
  },
  {
    title: '78 negative prices',
    file: '28-negative-prices.csv',
    values: { count: 150, first: -5, last: 14.499 },
    ahead: june,
  },
  {
    title: '79 empty targets at the end',
    file: '29-nan-end.csv',
    fails: [/line 147/, /--missing drop, forward, linear, zero or mask/],
  },
  {
    title: '79 empty targets at the end, dropped',
    file: '29-nan-end.csv',
    flags: ['--missing', 'drop'],
    ahead: ['2023-05-27', '2023-06-02'],
  },
  { title: '79 empty targets at the end, masked', file: '29-nan-end.csv', flags: ['--missing', 'mask'], ahead: june },
  {
    title: '80 promotions known ahead',
    file: '30-future-train.csv',
    flags: future,
    says: [/7 rows behind/],
    ahead: june,
  },
  { title: '80 three rows too few', file: '30b-future-missing-rows.csv', flags: future, forecastFails: [/3 of 7/] },
  { title: '80 a hole in the rows ahead', file: '30c-future-hole.csv', flags: future, fails: [/2023-06-0\d/] },
  { title: '80 an empty cell ahead', file: '30d-future-blank-cell.csv', flags: future, fails: [/promo/, /line 15\d/] },
  {
    title: '81 drop leaves the rows ahead alone',
    file: '30-future-train.csv',
    flags: [...future, '--missing', 'drop'],
    ahead: june,
  },
  { title: '91 a spike each Wednesday', file: '44-weekly-spike.csv', ahead: ['2023-10-09', '2023-10-15'] },
  {
    title: 'many unused columns are not listed one by one',
    file: 'wide-unused.csv',
    make: () =>
      daily(
        (date, value) => `${date},${value}${',1'.repeat(500)}`,
        `date,sales${Array.from({ length: 500 }, (_, i) => `,c${i}`).join('')}`,
      ),
    flags: ['--target', 'sales'],
    says: [/unused c0, .* (and|of) \d+ (more|columns)/],
    never: /c499/,
  },
  {
    title: 'a column that is empty everywhere is no candidate for the target',
    file: 'empty-column.csv',
    make: () => daily((date, value) => `${date},,${value}`, 'date,note,sales'),
    says: [/target sales/],
  },
  {
    title: 'a series of two values only, one week long, forecast at its own times',
    file: 'two-series.csv',
    make: () =>
      `id,ds,y\n${['a', 'b'].flatMap((id, k) => Array.from({ length: 100 }, (_, step) => `${id},${day('2024-01-01', step + 10 * k)},${wave(step)}`)).join('\n')}\n`,
    flags: ['--id', 'id'],
    forecastSays: [/2 series, 7 time steps, 2024-04-10.* to 2024-04-26/, /differ/],
  },
  {
    title: 'two columns that name a series together: neither is dropped in silence',
    file: 'shops-items.csv',
    make: () => daily((date, value) => `${date},a,x,${value}\n${date},a,y,${value / 2}`, 'date,shop,item,sales'),
    flags: ['--id', 'shop', '--id', 'item', '--target', 'sales'],
    code: 2,
    fails: [/--id/, /It is one column, found also shop/],
  },
  {
    title: 'a series that is several, told apart by another column',
    file: 'shops-items.csv',
    flags: ['--id', 'shop', '--target', 'sales'],
    fails: [/same time/, /If one series of 'shop' is several/, /one column of ids/],
  },
];
