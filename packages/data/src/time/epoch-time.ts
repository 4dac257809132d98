/** Units of whole-number times since 1970-01-01T00:00Z. */
export type EpochUnit = 's' | 'ms' | 'us' | 'ns';

/**
 * Units of times that are numbers: `excel` are days since 1899-12-30, without a zone; `cocoa` are seconds since 2001, as
 * Apple's systems count them.
 */
export type TimeUnit = EpochUnit | 'excel' | 'cocoa';

/** Units of times that are numbers. */
export const timeUnits: readonly TimeUnit[] = ['s', 'ms', 'us', 'ns', 'excel', 'cocoa'];

/** What one unit is in milliseconds; nanoseconds are read through their microseconds, which stay exact in float64. */
export const epochMilliseconds: Readonly<Record<EpochUnit, number>> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };

/** 1970-01-01 as a spreadsheet counts days. */
const excelEpoch = 25_569;
/** 2001-01-01 in seconds since 1970. */
const cocoaEpoch = 978_307_200;

/** The unit in which a number of this size is a date between 1973 and 5138 (seconds: any smaller number). */
export function epochUnitOf(value: number): EpochUnit {
  const size = Math.abs(value);
  return size < 1e11 ? 's' : size < 1e14 ? 'ms' : size < 1e17 ? 'us' : 'ns';
}

/**
 * The unit of several such numbers: that of the first where it is a time of our days in it, so that a change is found
 * where it is; else that of the largest, since all units are small around 1970.
 */
export function commonUnit(values: readonly number[]): EpochUnit | undefined {
  const first = values[0];
  if (first !== undefined && isRecent(epochTime(first, epochUnitOf(first)))) return epochUnitOf(first);
  let largest = -1;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest < 0 ? undefined : epochUnitOf(largest);
}

/**
 * True when a number cannot have the unit of the numbers around it: it is of a larger one, or it is a time of our days in
 * a smaller one. (In milliseconds such numbers are days of January 1970: a series through them needs `timeUnit`.)
 */
export function changesUnit(value: number, unit: EpochUnit): boolean {
  const own = epochUnitOf(value);
  if (own === unit) return false;
  const time = epochTime(value, own);
  return epochMilliseconds[own] < epochMilliseconds[unit] || (isRecent(time) && time < Date.UTC(2040, 0, 1));
}

/**
 * Milliseconds of an epoch number; fractions of a second are rounded to the microsecond that they stand for, fractions of
 * a spreadsheet's day to the millisecond.
 */
export function epochTime(value: number, unit: TimeUnit): number {
  if (unit === 'excel') return Math.round((value - excelEpoch) * 86_400_000);
  if (unit === 'cocoa') return epochTime(value + cocoaEpoch, 's');
  if (unit === 'ms') return Number.isInteger(value) ? value : Math.round(value * 1000) / 1000;
  if (unit === 's') return Number.isInteger(value) ? value * 1000 : Math.round(value * 1e6) / 1000;
  return unit === 'us' ? value / 1000 : Math.round(value / 1000) / 1000;
}

/** As `epochTime`, for integers of any length: whole numbers beyond 2^53 lose nothing above the microsecond. */
export function epochTimeOfInteger(value: bigint, unit: TimeUnit): number {
  if (unit === 'ns') return Number(value / 1000n) / 1000;
  return epochTime(Number(value), unit);
}

/** The number that stands for a time in a unit, the other way round. */
export function epochNumber(time: number, unit: TimeUnit): number {
  if (unit === 'cocoa') return time / 1000 - cocoaEpoch;
  return unit === 'excel' ? time / 86_400_000 + excelEpoch : time / epochMilliseconds[unit];
}

/** True for times of the years 1985 to 2099, in which the last time of a series is expected. */
export function isRecent(time: number): boolean {
  return time > Date.UTC(1985, 0, 1) && time < Date.UTC(2100, 0, 1);
}

/** What whole numbers of a time column are when nobody says a unit: years, days as `YYYYMMDD`, or counts since 1970. */
export function integerForm(value: number): 'year' | 'day' | 'epoch' {
  if (!Number.isInteger(value)) return 'epoch';
  if (value >= 1500 && value <= 2200) return 'year';
  const [month, day] = [Math.floor(value / 100) % 100, value % 100];
  const isDay = value >= 15_000_101 && value <= 22_001_231 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return isDay ? 'day' : 'epoch';
}
