import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type SeriesSet, seriesFromArrays } from '@nt/data';

/** Where the public series lie; null when they are not there. */
export const dataFolder = (): string | null => {
  const folder = process.env['NT_SHARED_DATA'];
  return folder !== undefined && existsSync(folder) ? folder : null;
};

/** Whether they are there; says so when they are not. */
export function needsPublicSets(): boolean {
  if (dataFolder() !== null) return true;
  console.log('left out: name the folder of the public series in NT_SHARED_DATA');
  return false;
}

/** A set with the sizes of its parts. */
export interface PublicSet {
  readonly set: SeriesSet;
  /** Time steps. */
  readonly validation: number;
  readonly test: number;
}

const columnsOf = (file: string): ReadonlyMap<string, readonly string[]> => {
  const lines = readFileSync(resolve(dataFolder()!, file), 'utf8').trim().split(/\r?\n/);
  const cells = lines.map((line) => line.split(','));
  return new Map(cells[0]!.map((name, column) => [name.trim(), cells.slice(1).map((row) => row[column]!)]));
};

/** Mean 0 and population deviation 1 over the training part, as in the field's protocol. */
function standardized(values: readonly number[], trainSteps: number): number[] {
  const train = values.slice(0, trainSteps);
  const mean = train.reduce((a, b) => a + b, 0) / train.length;
  const deviation = Math.sqrt(train.reduce((sum, value) => sum + (value - mean) ** 2, 0) / train.length);
  return values.map((value) => (value - mean) / deviation);
}

/** Informer's protocol: 12, 4 and 4 months of hours; each column is a series. */
export function etth1(): PublicSet {
  const [, ...columns] = [...columnsOf('ETTh1.csv')];
  const series = columns.map(([id, cells]) => ({
    id,
    values: standardized(cells.slice(0, 14_400).map(Number), 8640),
    start: '2016-07-01',
  }));
  return { set: seriesFromArrays(series, { frequency: 'hour' }), validation: 2880, test: 2880 };
}

/** The price; its two forecasts of load and wind are known ahead. The test part is the last 728 days. */
export function nordPool({
  isPriceOnly,
  isRaw = false,
}: {
  readonly isPriceOnly: boolean;
  /** The price in EUR/MWh. */
  readonly isRaw?: boolean;
}): PublicSet {
  const columns = columnsOf('nordpool_np.csv');
  const test = 728 * 24;
  const numbers = (name: string): number[] => columns.get(name)!.map(Number);
  const price = numbers('Price');
  const train = price.length - test;
  const ahead = ['Grid load forecast', 'Wind power forecast'].map((name) => [name, standardized(numbers(name), train)]);
  const series = {
    id: 'price',
    values: isRaw ? price : standardized(price, train),
    start: '2013-01-01',
    ...(isPriceOnly ? {} : { future: Object.fromEntries(ahead) as Record<string, number[]> }),
  };
  return { set: seriesFromArrays([series], { frequency: 'hour' }), validation: 0, test };
}

/** Daily births, 70/10/20. */
export function usBirths(): PublicSet {
  const text = readFileSync(resolve(dataFolder()!, 'us_births_dataset.tsf'), 'latin1');
  const values = text.trim().split(/\r?\n/).at(-1)!.split(':').at(-1)!.split(',').map(Number);
  const [train, test] = [Math.floor(0.7 * values.length), Math.floor(0.2 * values.length)];
  return {
    set: seriesFromArrays([{ id: 'births', values: standardized(values, train), start: '1969-01-01' }], {
      frequency: 'day',
    }),
    validation: values.length - train - test,
    test,
  };
}
