import { remedy } from '../remedy.ts';
import type { SeriesColumns } from './series-columns.ts';

/** Numbers that stand for "no value" where no cell may be empty. */
const stand = /^-9{2,7}(?:\.0+|\.9+)?$/;
/** The same above all values, and 1e20 to 1e36 of the formats of grids. */
const fill = /^(?:9{3,7}(?:\.9+)?|10{20}|1e\+3\d|9\.9692\d*e\+36)$/;

/** Notices about targets and times that are read as they stand, and are probably meant otherwise. */
export function doubtValues(columns: SeriesColumns, targets: readonly string[]): string[] {
  const found = targets.flatMap((name, index) => standIn(name, columns.targets[index]!));
  return [...found, ...otherEra(columns)];
}

/** -999 and the like, when every other value is far above; 9999 and what files of grids fill with, when all are far below. */
function standIn(name: string, values: Float64Array): string[] {
  const [least, most] = [lowest(values, 1), lowest(values, -1)];
  const isLow = stand.test(String(least.value)) && least.next <= 1e300 && least.next >= least.value / 5;
  const isHigh = fill.test(String(-most.value)) && most.next <= 1e300 && most.next >= most.value / 5;
  if (!isLow && !isHigh) return [];
  const [value, count, side] = isLow ? [least.value, least.count, 'below'] : [-most.value, most.count, 'above'];
  return [
    `column '${name}' holds ${value} in ${count} rows, far ${side} all others: if it means "no value", pass ${remedy('nullValues', [String(value)])}`,
  ];
}

/** The least of some values times a sign, how often it occurs, and the next one. */
function lowest(values: Float64Array, sign: 1 | -1): { value: number; next: number; count: number } {
  let [least, next, count] = [Infinity, Infinity, 0];
  for (const unsigned of values) {
    const value = sign * unsigned;
    if (value === least) count++;
    else if (value < least) [next, least, count] = [least, value, 1];
    else if (value < next) next = value;
  }
  return { value: least, next, count };
}

/** Years of Thailand are 543 ahead, those of Iran 621 behind. */
function otherEra({ time }: SeriesColumns): string[] {
  const year = time === null || time.length === 0 ? 2000 : new Date(time[0]!).getUTCFullYear();
  if (!(year >= 2400 && year < 2800) && !(year >= 1300 && year < 1500)) return [];
  return [`times begin in the year ${year}: read as one of the common era; years of another must be written in it`];
}
