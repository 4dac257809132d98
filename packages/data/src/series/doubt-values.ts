import { remedy } from '../remedy.ts';
import type { SeriesColumns } from './series-columns.ts';

/** Numbers that stand for "no value" where no cell may be empty. */
const stand = /^-9{2,7}(?:\.0+|\.9+)?$/;

/** Notices about targets and times that are read as they stand, and are probably meant otherwise. */
export function doubtValues(columns: SeriesColumns, targets: readonly string[]): string[] {
  const found = targets.flatMap((name, index) => standIn(name, columns.targets[index]!));
  return [...found, ...otherEra(columns)];
}

/** -999 and the like, when every other value is far above. */
function standIn(name: string, values: Float64Array): string[] {
  let [least, next, count] = [Infinity, Infinity, 0];
  for (const value of values) {
    if (value === least) count++;
    else if (value < least) [next, least, count] = [least, value, 1];
    else if (value < next) next = value;
  }
  if (!stand.test(String(least)) || next === Infinity || next < least / 5) return [];
  return [
    `column '${name}' holds ${least} in ${count} rows, far below all others: if it means "no value", pass ${remedy('nullValues', [String(least)])}`,
  ];
}

/** Years of Thailand are 543 ahead, those of Iran 621 behind. */
function otherEra({ time }: SeriesColumns): string[] {
  const year = time === null || time.length === 0 ? 2000 : new Date(time[0]!).getUTCFullYear();
  if (!(year >= 2400 && year < 2800) && !(year >= 1300 && year < 1500)) return [];
  return [`times begin in the year ${year}: read as one of the common era; years of another must be written in it`];
}
