import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { seriesFromArrays, seriesValues, splitByTime, type TimeSplit } from '@nt/data';
import { dataFolder, etth1, nordPool, type PublicSet, usBirths } from '../long/public-sets.ts';

/** A set with its protocol. */
export interface BenchSet {
  readonly name: string;
  readonly horizon: number;
  readonly load: () => Pick<PublicSet, 'set'> & { readonly split: TimeSplit };
  /** One forecast for each series from its end on, judged by sMAPE and MASE. */
  readonly isM4?: boolean;
  /** One forecast each midnight, in the data's unit. */
  readonly isDayAhead?: boolean;
}

const partsOf = ({ set, validation, test }: PublicSet, of = validation): ReturnType<BenchSet['load']> => ({
  set,
  split: splitByTime(set, { validation: of, test }),
});

/** 70/10/20, z-scored by the training part. Trading days have no calendar that a file of prices tells. */
function priceFile(file: string, column: string, change: (price: number) => number): ReturnType<BenchSet['load']> {
  const [head, ...rows] = readFileSync(resolve(dataFolder()!, file), 'utf8').trim().split(/\r?\n/);
  const at = head!.split(',').indexOf(column);
  const cells = rows.map((row) => row.split(',')[at]!).filter((cell) => cell.trim() !== '');
  const values = cells.map((cell) => change(Number(cell)));
  const [train, test] = [Math.floor(0.7 * values.length), Math.floor(0.2 * values.length)];
  const part = values.slice(0, train);
  const mean = part.reduce((a, b) => a + b, 0) / train;
  const deviation = Math.sqrt(part.reduce((sum, value) => sum + (value - mean) ** 2, 0) / train);
  const set = seriesFromArrays([{ id: column, values: values.map((value) => (value - mean) / deviation) }]);
  return { set, split: splitByTime(set, { validation: values.length - train - test, test }) };
}

/** All but the last 48 values of each series to learn from, of which the last 96 choose. */
function m4Hourly(): ReturnType<BenchSet['load']> {
  const lines = readFileSync(resolve(dataFolder()!, 'm4_hourly_dataset.tsf'), 'latin1').split(/\r?\n/);
  const rows = lines.slice(lines.indexOf('@data') + 1).filter((line) => line.includes(':'));
  const series = rows.map((row) => {
    // `T1:2015-07-01 12-00-00:605,586,…`
    const [id, start, values] = row.split(':') as [string, string, string];
    const [day, time] = start.split(' ') as [string, string];
    return { id, values: values.split(',').map(Number), start: `${day}T${time.replaceAll('-', ':')}` };
  });
  const set = seriesFromArrays(series, { frequency: 'hour' });
  if (seriesValues(set, 0).length !== 748) throw new Error('M4 Hourly: expected 748 values in the first series.');
  return { set, split: splitByTime(set, { validation: 96, test: 48 }) };
}

/** The sets of the table. */
export const benchSets: readonly BenchSet[] = [
  { name: 'ETTh1', horizon: 96, load: () => partsOf(etth1()) },
  { name: 'Nord Pool', horizon: 24, load: () => partsOf(nordPool({ isPriceOnly: true }), 8736) },
  { name: 'Nord Pool + 2', horizon: 24, load: () => partsOf(nordPool({ isPriceOnly: false }), 8736) },
  {
    name: 'Nord Pool day-ahead',
    horizon: 24,
    load: () => partsOf(nordPool({ isPriceOnly: false, isRaw: true }), 8736),
    isDayAhead: true,
  },
  { name: 'US births', horizon: 28, load: () => partsOf(usBirths()) },
  { name: 'M4 Hourly', horizon: 48, load: m4Hourly, isM4: true },
  { name: 'Henry Hub', horizon: 24, load: () => priceFile('henryhub-daily.csv', 'Price', Math.log) },
  { name: 'VIX', horizon: 24, load: () => priceFile('vix-daily.csv', 'CLOSE', Math.log) },
  { name: 'Brent', horizon: 24, load: () => priceFile('brent-daily.csv', 'Price', (price) => price) },
  { name: 'WTI', horizon: 24, load: () => priceFile('wti-daily.csv', 'Price', (price) => price) },
];

/** Births of the last eight years, as the command's example has them. */
function shippedBirths(): ReturnType<BenchSet['load']> {
  const file = new URL('../../../apps/cli/examples/us-births.csv', import.meta.url);
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .slice(-8 * 365);
  const set = seriesFromArrays(
    [{ id: 'births', values: rows.map((row) => Number(row.split(',')[1])), start: rows[0]!.split(',')[0]! }],
    { frequency: 'day' },
  );
  return { set, split: splitByTime(set, { validation: 0.1, test: 0.2 }) };
}

/** What this repository holds: a bench of a minute. */
export const shortSets: readonly BenchSet[] = [{ name: 'births', horizon: 7, load: shippedBirths }];
