/** Units of whole-number times since 1970-01-01T00:00Z. */
export type EpochUnit = 's' | 'ms' | 'us' | 'ns';

/** What one unit is in milliseconds; nanoseconds are read through their microseconds, which stay exact in float64. */
export const epochMilliseconds: Readonly<Record<EpochUnit, number>> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };

/** The unit in which a number of this size is a date between 1973 and 5138 (seconds: any smaller number). */
export function epochUnitOf(value: number): EpochUnit {
  const size = Math.abs(value);
  return size < 1e11 ? 's' : size < 1e14 ? 'ms' : size < 1e17 ? 'us' : 'ns';
}

/** Milliseconds of an epoch number; fractions of a second are rounded to the microsecond that they stand for. */
export function epochTime(value: number, unit: EpochUnit): number {
  if (unit === 'ms') return Number.isInteger(value) ? value : Math.round(value * 1000) / 1000;
  if (unit === 's') return Number.isInteger(value) ? value * 1000 : Math.round(value * 1e6) / 1000;
  return unit === 'us' ? value / 1000 : Math.round(value / 1000) / 1000;
}

/** As `epochTime`, for integers of any length: whole numbers beyond 2^53 lose nothing above the microsecond. */
export function epochTimeOfInteger(value: bigint, unit: EpochUnit): number {
  if (unit === 'ns') return Number(value / 1000n) / 1000;
  return epochTime(Number(value), unit);
}
